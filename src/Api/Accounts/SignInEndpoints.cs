using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Api.Limits;
using Exchange.Api.Mail;
using Exchange.Grains.Interfaces.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Accounts;

/// <summary>How people get in and out: a link by e-mail or a password; sessions that can be seen and ended.</summary>
internal sealed class SignInEndpoints(
    IGrainFactory grains, TokenCodec tokens, SignIns signIns, PasswordHash passwords, SecurityLog audit, RateLimiter limiter, IMailer mailer,
    AuthOptions auth, ILogger<SignInEndpoints> log)
{
    private const string LinkPath = "/api/v1/user/signin/post";
    private const string LinkSentMessage = "A sign-in link is on its way to this address.";

    public static readonly FieldSet LinkFields = new("token");
    private static readonly FieldSet NoFields = new();

    /// <summary>Says the same to everybody: whether an address is known here is nobody else's business.</summary>
    public async ValueTask<Refusal?> SignUpAsync(HttpContext http)
    {
        if (!auth.DevelopmentMode && !mailer.CanSend)
            return EdgeErrors.SignUpDisabled;
        var (request, refusal) = await RequestBody.ReadAsync<SignUpRequest>(http.Request);
        refusal ??= limiter.ChargeEmail(http, request.Email);
        if (refusal is not null)
            return refusal;
        return auth.DevelopmentMode ? await SignInAtOnceAsync(http, request.Email) : await SendLinkAsync(http, request.Email);
    }

    public async ValueTask<Refusal?> FollowLinkAsync(HttpContext http)
    {
        if (Query.Read(http.Request, LinkFields, out var query, TokenCodec.MaxLength) is { } refusal)
            return refusal;
        if (query["token"] is not { } token || tokens.VerifyLink(token) is not { } link)
            return EdgeErrors.InvalidLink;
        if (!await grains.GetGrain<IUserGrain>(link.Email).UseLink(link.Id, link.Expires * 1000))
            return EdgeErrors.InvalidLink;
        var (_, refused) = await signIns.StartAsync(http, link.Email, "link");
        if (refused is not null)
            return refused;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect(auth.RedirectTo);
        return null;
    }

    public async ValueTask<Refusal?> SignInAsync(HttpContext http)
    {
        var (request, refusal) = await RequestBody.ReadAsync<PasswordSignIn>(http.Request);
        refusal ??= limiter.ChargeEmail(http, request.Email);
        if (refusal is not null)
            return refusal;
        var hash = await grains.GetGrain<IUserGrain>(request.Email).GetPassword();
        if (!await passwords.MatchesAsync(request.Password, hash))
        {
            await audit.NoteAsync(http, request.Email, "sign-in failed", "password");
            return EdgeErrors.SignInFailed;
        }
        var (signedIn, refused) = await signIns.StartAsync(http, request.Email, "password");
        return signedIn is null ? refused : await AnswerAsync(http, signedIn, "Signed in.", null);
    }

    public async ValueTask<Refusal?> SetPasswordAsync(HttpContext http, Caller caller)
    {
        var (request, refusal) = await RequestBody.ReadAsync<NewPassword>(http.Request);
        if (refusal is not null)
            return refusal;
        await grains.GetGrain<IUserGrain>(caller.Email).SetPassword(await passwords.HashAsync(request.Password));
        await audit.NoteAsync(http, caller.Email, "password set");
        await JsonResponse.SendAsync(http, new Done("The password is set."), ApiJson.Default.Done);
        return null;
    }

    public async ValueTask<Refusal?> SignOutAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoFields, out _) is { } refusal)
            return refusal;
        await signIns.EndAsync(http, caller, caller.SessionId);
        await JsonResponse.SendAsync(http, new Done("Signed out."), ApiJson.Default.Done);
        return null;
    }

    public async ValueTask<Refusal?> SessionsAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoFields, out _) is { } refusal)
            return refusal;
        var sessions = await grains.GetGrain<IUserGrain>(caller.Email).GetSessions();
        var answer = Array.ConvertAll(sessions, session => new SessionInfo(
            session.Id, session.Device, session.Address, session.StartedAtMs, session.ExpiresAtMs, session.Id == caller.SessionId));
        await JsonResponse.SendAsync(http, answer, ApiJson.Default.SessionInfoArray);
        return null;
    }

    public async ValueTask<Refusal?> EndSessionAsync(HttpContext http, Caller caller)
    {
        var (request, refusal) = await RequestBody.ReadAsync<SessionReference>(http.Request);
        if (refusal is not null)
            return refusal;
        if (!await signIns.EndAsync(http, caller, request.SessionId))
            return EdgeErrors.UnknownSession;
        await JsonResponse.SendAsync(http, new Done("The session has ended."), ApiJson.Default.Done);
        return null;
    }

    private async Task<Refusal?> SignInAtOnceAsync(HttpContext http, string email)
    {
        var (signedIn, refusal) = await signIns.StartAsync(http, email, "development mode");
        if (signedIn is null)
            return refusal;
        var link = LinkFor(email, $"{http.Request.Scheme}://{http.Request.Host}");
        Log.SignInLink(log, email, link);
        return await AnswerAsync(http, signedIn, "Signed in: this exchange runs in development mode.", link);
    }

    private async Task<Refusal?> SendLinkAsync(HttpContext http, string email)
    {
        var text = $"""
            Follow this link to sign in. It works once, within {auth.LinkLifetime.TotalMinutes:0} minutes:

            {LinkFor(email, auth.PublicUrl.TrimEnd('/'))}

            If you did not ask for it, ignore this mail.
            """;
        try
        {
            await mailer.SendAsync(email, "Sign in to the exchange", text, http.RequestAborted);
        }
        catch (Exception thrown) when (thrown is System.Net.Mail.SmtpException or OperationCanceledException or IOException)
        {
            // A mail server's opinion of an address is not passed on.
            Log.MailNotSent(log, thrown);
        }
        await JsonResponse.SendAsync(http, new Done(LinkSentMessage), ApiJson.Default.Done);
        return null;
    }

    private string LinkFor(string email, string origin) => $"{origin}{LinkPath}?token={tokens.IssueLink(email, SignIns.NewId()).Token}";

    private static async Task<Refusal?> AnswerAsync(HttpContext http, SignedIn signedIn, string message, string? link)
    {
        var answer = new SignedUp(
            JsonId.Text(signedIn.Account), signedIn.Email, signedIn.Token, signedIn.ExpiresAt.ToUnixTimeMilliseconds(), message, link);
        await JsonResponse.SendAsync(http, answer, ApiJson.Default.SignedUp);
        return null;
    }
}
