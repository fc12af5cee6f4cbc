using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Limits;
using Exchange.Api.Metrics;
using Exchange.Api.Json;
using Exchange.Api.Keys;
using Exchange.Api.Orders;
using Exchange.Domain;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Supervision;
using Exchange.Grains.Interfaces.Users;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Streams;

/// <summary>What the commands of all connections need.</summary>
internal sealed record StreamServices(
    StreamOptions Options,
    SymbolFeedHub Symbols,
    AccountFeedHub Accounts,
    Authenticator Authenticator,
    RateLimiter Limiter,
    OrderEndpoints Orders,
    IMarketCatalog Catalog,
    IExchangeReadiness Readiness,
    ConnectionCounts Connections,
    StreamWriters Writers,
    TimeProvider Clock,
    ILogger<StreamServer> Log);

/// <summary>The commands of one connection, one after the other; only orders go on side by side.</summary>
internal sealed class StreamCommands
{
    private readonly StreamServices _services;
    private readonly StreamConnection _connection;
    private readonly StreamSubscriptions _subscriptions;
    private readonly SemaphoreSlim _ordersInFlight;

    public StreamCommands(StreamServices services, StreamConnection connection)
    {
        _services = services;
        _connection = connection;
        _subscriptions = new StreamSubscriptions(connection.Queue, services.Symbols, services.Accounts, services.Options.MaxSubscriptions);
        _ordersInFlight = new SemaphoreSlim(Math.Max(1, services.Options.MaxOrdersInFlight));
    }

    public int SubscriptionCount => _subscriptions.Count;

    public void Stop() => _subscriptions.RemoveAll();

    public async Task HandleAsync(byte[] message)
    {
        var refusal = StreamCommand.Read(message, out var command) ?? await HandleAsync(command);
        if (refusal is not null)
            Reply(StreamReplies.Error(command, refusal));
    }

    private async ValueTask<Refusal?> HandleAsync(StreamCommand command)
    {
        if (command.Method == "PING")
        {
            Reply(StreamReplies.Pong(command));
            return null;
        }

        if (!_services.Readiness.IsReady)
            return EdgeErrors.StillStarting;
        switch (command.Method)
        {
            case "SUBSCRIBE":
                return await SubscribeAsync(command);
            case "UNSUBSCRIBE":
                return Unsubscribe(command);
            case "LIST":
                Reply(StreamReplies.Names(command, _subscriptions.Names));
                return null;
            case "AUTH":
                return await AuthenticateAsync(command);
            case "order.place":
                return await InFlightAsync(command, PlaceAsync);
            case "order.cancel":
                return await InFlightAsync(command, CancelAsync);
            default:
                return EdgeErrors.UnknownMethod;
        }
    }

    private async ValueTask<Refusal?> SubscribeAsync(StreamCommand command) =>
        ReadStreams(command, out var names)
        ?? await _subscriptions.AddAsync(names, _connection.Caller, () => Reply(StreamReplies.Done(command)));

    private Refusal? Unsubscribe(StreamCommand command)
    {
        if (ReadStreams(command, out var names) is { } refusal)
            return refusal;
        foreach (var name in names)
            _subscriptions.Remove(name.Text);
        Reply(StreamReplies.Done(command));
        return null;
    }

    private Refusal? ReadStreams(StreamCommand command, out List<StreamName> streams)
    {
        streams = [];
        if (command.ReadNames(out var texts) is { } refusal)
            return refusal;
        foreach (var text in texts)
        {
            if (!StreamName.TryParse(text, _services.Catalog, out var name, out var isUnknownMarket))
                return (isUnknownMarket ? Reason.UnknownSymbol.ToError() : EdgeErrors.UnknownStream).With("stream", text);
            streams.Add(name);
        }

        return null;
    }

    /// <summary>A connection is one user's: signing in anew is for the same one, with a newer token.</summary>
    private async ValueTask<Refusal?> AuthenticateAsync(StreamCommand command)
    {
        var (caller, denied) = await ReadCallerAsync(command);
        if (denied is not null)
            return denied;
        if (!caller!.Permissions.HasFlag(ApiPermissions.Read) && !caller.Permissions.HasFlag(ApiPermissions.Trade))
            return EdgeErrors.PermissionDenied;
        if (_connection.Caller is { } current && current.Account != caller!.Account)
            return EdgeErrors.NotYourAccount;
        if (_connection.Caller is null && !_services.Connections.TryAddUser(caller!.Account))
            return EdgeErrors.TooManyConnections;
        _connection.SignIn(caller);
        Reply(StreamReplies.Done(command));
        return null;
    }

    /// <summary>People send their token in a list, programs an object that is signed with their key.</summary>
    private async ValueTask<Authenticated> ReadCallerAsync(StreamCommand command)
    {
        if (command.Params.Span is [(byte)'{', ..])
        {
            return StrictJson.Read<SocketSignIn>(command.Params.Span, out var signIn) is { } malformed
                ? new Authenticated(null, malformed)
                : await _services.Authenticator.AuthenticateAsync(signIn, _connection.Address);
        }

        if (command.ReadNames(out var tokens) is { } refusal)
            return new Authenticated(null, refusal);
        return tokens.Count == 1
            ? await _services.Authenticator.AuthenticateTokenAsync(tokens[0])
            : new Authenticated(null, EdgeErrors.InvalidField.With("field", "params"));
    }

    /// <summary>Orders reach the portfolio in the order in which they came; only their answers are not waited for.</summary>
    private async ValueTask<Refusal?> InFlightAsync(StreamCommand command, Func<StreamCommand, Caller, Task<Refusal?>> order)
    {
        if (_connection.Caller is not { } caller)
            return EdgeErrors.Unauthorized;
        if (!await _connection.IsStillWelcomeAsync())
            return EdgeErrors.SessionEnded;
        if (!caller.Permissions.HasFlag(ApiPermissions.Trade))
            return EdgeErrors.PermissionDenied;
        if (_services.Limiter.ChargeOrder(caller) is { } tooMany)
            return tooMany;
        await _ordersInFlight.WaitAsync();
        _ = AnswerAsync(command, caller, order);
        return null;
    }

    private async Task AnswerAsync(StreamCommand command, Caller caller, Func<StreamCommand, Caller, Task<Refusal?>> order)
    {
        using var trace = ApiActivities.Start(command.Method);
        try
        {
            if (await order(command, caller) is { } refusal)
                Reply(StreamReplies.Error(command, refusal));
        }
        catch (Exception thrown)
        {
            var error = ErrorBoundary.NotNow(thrown);
            if (error is null)
                Log.StreamConnectionFailed(_services.Log, thrown);
            Reply(StreamReplies.Error(command, error ?? EdgeErrors.Internal));
        }
        finally
        {
            _ordersInFlight.Release();
        }
    }

    private async Task<Refusal?> PlaceAsync(StreamCommand command, Caller caller)
    {
        if (StrictJson.Read<PlaceOrderRequest>(command.Params.Span, out var order) is { } malformed)
            return malformed;
        var (placed, refusal) = await _services.Orders.PlaceAsync(caller, order, CancellationToken.None);
        if (refusal is null)
            Reply(StreamReplies.Result(command, placed!, OrderWriter.WritePlaced));
        return refusal;
    }

    private async Task<Refusal?> CancelAsync(StreamCommand command, Caller caller)
    {
        if (StrictJson.Read<OrderReference>(command.Params.Span, out var order) is { } malformed)
            return malformed;
        var (cancelled, refusal) = await _services.Orders.CancelAsync(caller, order);
        if (refusal is null)
            Reply(StreamReplies.Result(command, cancelled!, OrderWriter.WriteOrder));
        return refusal;
    }

    private void Reply(byte[] message) => _connection.Replies.Add(message);
}
