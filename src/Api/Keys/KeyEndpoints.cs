using Exchange.Api.Accounts;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Grains.Interfaces.Users;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Keys;

/// <summary>People make, see and revoke the keys of their programs.</summary>
internal sealed class KeyEndpoints(IGrainFactory grains, KeyVault vault, KeyRing ring, AdminList admins, SecurityLog audit, TimeProvider clock)
{
    private static readonly FieldSet NoFields = new();

    public async ValueTask<Refusal?> CreateAsync(HttpContext http, Caller caller)
    {
        var (request, refusal) = await RequestBody.ReadAsync<NewKeyRequest>(http.Request);
        if (refusal is not null)
            return refusal;
        if (request.Permissions.HasFlag(ApiPermissions.Admin) && !admins.Contains(caller.Email))
            return EdgeErrors.AdminsOnly;

        var (id, secret) = (vault.NewId(), KeyVault.NewSecret());
        var key = new ApiKey(
            id, caller.Account, caller.Email, request.Label, request.Permissions, request.Networks, vault.Seal(id, secret),
            clock.GetUtcNow().ToUnixTimeMilliseconds(), request.ClientKeyId.Length > 0 ? request.ClientKeyId : null);
        var reply = await grains.GetGrain<IUserGrain>(caller.Email).CreateKey(key);
        if (reply.Reason != Reason.None)
            return reply.Reason.ToError();
        if (reply.IsNew)
            await audit.NoteAsync(http, caller.Email, "key created", $"{id} {string.Join(',', KeyFields.Names(key.Permissions))}");
        var made = reply.Key!;
        var answer = new CreatedKey(
            made.Id, reply.IsNew ? secret : null, made.Label, KeyFields.Names(made.Permissions), made.AllowedNetworks, made.CreatedAtMs);
        http.Response.Headers.CacheControl = "no-store";
        await JsonResponse.SendAsync(http, answer, ApiJson.Default.CreatedKey);
        return null;
    }

    public async ValueTask<Refusal?> ListAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoFields, out _) is { } refusal)
            return refusal;
        var keys = await grains.GetGrain<IUserGrain>(caller.Email).GetKeys();
        var answer = Array.ConvertAll(keys, key => new KeyInfo(
            key.Id, key.Label, KeyFields.Names(key.Permissions), key.AllowedNetworks, key.CreatedAtMs));
        await JsonResponse.SendAsync(http, answer, ApiJson.Default.KeyInfoArray);
        return null;
    }

    public async ValueTask<Refusal?> RevokeAsync(HttpContext http, Caller caller)
    {
        var (request, refusal) = await RequestBody.ReadAsync<KeyReference>(http.Request);
        if (refusal is not null)
            return refusal;
        if (!await grains.GetGrain<IUserGrain>(caller.Email).RevokeKey(request.Id))
            return EdgeErrors.UnknownKey;
        ring.Forget(request.Id);
        await audit.NoteAsync(http, caller.Email, "key revoked", request.Id);
        await JsonResponse.SendAsync(http, new Done("The key is revoked."), ApiJson.Default.Done);
        return null;
    }
}
