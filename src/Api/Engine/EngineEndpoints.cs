using System.Diagnostics;
using System.Globalization;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Domain.Money;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Storage.ReadModel;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Engine;

/// <summary>
/// The engine dialect: one route, commands in the body, one envelope for every outcome. Its dollars are USDC. Every command is
/// logged with its outcome and latency.
/// </summary>
internal sealed class EngineEndpoints(IGrainFactory grains, IMarketCatalog catalog, TimeProvider time, ICommandLog commands)
{
    public static readonly FieldSet AssetFields = new("asset");
    public static readonly FieldSet PageFields = new("limit", "cursor", "userId");

    private const string Dollar = "USDC";
    private const string DollarName = "USD";
    private const decimal InitialBalance = 5_000;
    private const string InitialDepositId = "engine-initial-balance";
    private const int PriceDecimals = 6;
    private const string UnknownCommand = "UNKNOWN";
    private static readonly FieldSet NoFields = new();

    public async ValueTask<Refusal?> CommandAsync(HttpContext http, Caller caller)
    {
        var started = Stopwatch.GetTimestamp();
        var commandId = Guid.NewGuid().ToString();
        var (request, refusal) = await RequestBody.ReadAsync<EngineRequest>(http.Request);
        var outcome = Reason.InvalidRequest;
        EngineData? data = null;
        if (refusal is null)
        {
            try
            {
                (outcome, data) = await RunAsync(request, caller, commandId);
            }
            catch (Exception thrown) when (ErrorBoundary.NotNow(thrown) is not null)
            {
                outcome = Reason.Unavailable;
            }

            refusal = outcome == Reason.None ? null : outcome.ToError();
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        commands.Record(new CommandEntry(
            caller.Account, request.HasCommand ? EngineRequest.Commands.Text(request.Command) : UnknownCommand,
            EngineCommandSubject.Of(request, commandId, data, refusal?.Error.Code), outcome,
            time.GetUtcNow().ToUnixTimeMilliseconds(), (long)elapsed.TotalMicroseconds));
        var message = refusal is null ? null : MessageOf(refusal);
        var answer = new EngineAnswer(
            refusal is null, message, refusal?.Error.Code, commandId,
            new EngineResponse(refusal is null ? "success" : "error", data, message ?? DoneMessage(request.Command)),
            (long)elapsed.TotalMilliseconds);
        if (refusal is not null)
            ErrorWriter.SayWhenToComeAgain(http, refusal.Error);
        await JsonResponse.SendAsync(http, refusal?.Error.Status ?? StatusCodes.Status200OK, answer, EngineJson.Default.EngineAnswer);
        return null;
    }

    public async ValueTask<Refusal?> PriceAsync(HttpContext http)
    {
        if (Query.Read(http.Request, AssetFields, out var query) is { } refusal)
            return refusal;
        if (query["asset"] is not { } name)
            return EdgeErrors.MissingField.With("parameter", "asset");
        if (!catalog.TryResolve(name, out var market))
            return Reason.UnknownSymbol.ToError();
        var ticker = await grains.GetGrain<ISymbolGrain>(market.Symbol).GetTicker();
        var price = ticker.BidPrice > 0 && ticker.AskPrice > 0 ? (ticker.BidPrice + ticker.AskPrice) / 2 : ticker.LastPrice;
        if (price <= 0)
            return Reason.NoLiquidity.ToError();
        var scaled = decimal.Truncate(price * 1_000_000).ToString("0", CultureInfo.InvariantCulture);
        await JsonResponse.SendAsync(http, new ScaledPrice(market.Symbol, scaled, PriceDecimals), EngineJson.Default.ScaledPrice);
        return null;
    }

    public async ValueTask<Refusal?> SupportedAssetsAsync(HttpContext http)
    {
        if (Query.Read(http.Request, NoFields, out _) is { } refusal)
            return refusal;
        string[] assets = [.. catalog.Markets.Where(market => market.Quote == Dollar).Select(market => market.Symbol)];
        await JsonResponse.SendAsync(http, assets, EngineJson.Default.StringArray);
        return null;
    }

    /// <summary>Commands are written down a moment after they were answered.</summary>
    public async ValueTask<Refusal?> CommandsAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest();
        if ((Query.Read(http.Request, PageFields, out var query) ?? page.Read(query, caller)) is { } refusal)
            return refusal;
        var rows = await commands.ListAsync(caller.Account, page.Cursor, page.Limit, http.RequestAborted);
        var answer = new CommandPage([.. rows.Select(EngineCommandSubject.ToPast)], page.CursorAfter(rows, row => row.Id));
        await JsonResponse.SendAsync(http, answer, EngineJson.Default.CommandPage);
        return null;
    }

    private Task<(Reason Outcome, EngineData? Data)> RunAsync(EngineRequest request, Caller caller, string commandId) => request.Command switch
    {
        EngineCommand.CreateAccount => CreateAccountAsync(caller),
        EngineCommand.GetUsdBalance => UsdBalanceAsync(caller),
        EngineCommand.GetBalance => BalanceAsync(caller),
        EngineCommand.CreateTrade => CreateTradeAsync(request, caller, commandId),
        _ => CloseTradeAsync(request, caller),
    };

    /// <summary>The account is there since its owner signed up; this gives it its dollars, once.</summary>
    private async Task<(Reason Outcome, EngineData? Data)> CreateAccountAsync(Caller caller)
    {
        var reply = await grains.GetGrain<IPortfolioGrain>(caller.Account).Deposit(new DepositFunds(InitialDepositId, Dollar, InitialBalance));
        return (reply.Reason, reply.Reason == Reason.None
            ? new EngineData { Email = caller.Email, InitialUsdBalance = InitialBalance, Assets = [DollarName] }
            : null);
    }

    private async Task<(Reason Outcome, EngineData? Data)> UsdBalanceAsync(Caller caller)
    {
        var reply = await grains.GetGrain<IPortfolioGrain>(caller.Account).GetBalances();
        var dollars = reply.Balances.FirstOrDefault(balance => balance.Asset == Dollar).Available.Shortest();
        return (reply.Reason, reply.Reason == Reason.None ? new EngineData { Email = caller.Email, UsdBalance = dollars } : null);
    }

    /// <summary>Dollars and assets as they are; what is in positions under the name of its market.</summary>
    private async Task<(Reason Outcome, EngineData? Data)> BalanceAsync(Caller caller)
    {
        var reply = await grains.GetGrain<IPortfolioGrain>(caller.Account).GetBalances();
        if (reply.Reason != Reason.None)
            return (reply.Reason, null);
        var balances = reply.Balances.ToDictionary(
            balance => balance.Asset == Dollar ? DollarName : balance.Asset, balance => balance.Available.Shortest());
        var open = await grains.GetGrain<IPortfolioPositions>(caller.Account).GetPositions();
        foreach (var position in open.Positions)
            balances[position.Symbol] = (balances.GetValueOrDefault(position.Symbol) + position.Quantity).Shortest();
        return (Reason.None, new EngineData { Email = caller.Email, Balances = balances });
    }

    private async Task<(Reason Outcome, EngineData? Data)> CreateTradeAsync(EngineRequest request, Caller caller, string commandId)
    {
        if (!catalog.TryResolve(request.Asset, out var market))
            return (Reason.UnknownSymbol, null);
        var answer = await grains.GetGrain<IPortfolioPositions>(caller.Account).OpenPosition(new OpenPositionRequest(
            commandId, market.Symbol, request.Direction, request.Margin, (int)request.Leverage,
            PositionLevelsRequest.None with { StopLoss = request.StopLoss, TakeProfit = request.TakeProfit }));
        return (answer.Reason, answer.Reason == Reason.None && answer.Position is { } position
            ? new EngineData
            {
                Email = caller.Email,
                TradeId = EngineRequest.TradePrefix + JsonId.Text(answer.PositionId),
                EntryPrice = position.EntryPrice,
                LiquidationPrice = Given(position.LiquidationPrice),
                StopLossPrice = Given(position.StopLoss),
                TakeProfitPrice = Given(position.TakeProfit),
                Margin = position.Margin,
                Leverage = position.Leverage,
            }
            : null);
    }

    private async Task<(Reason Outcome, EngineData? Data)> CloseTradeAsync(EngineRequest request, Caller caller)
    {
        if (!request.TradeId.StartsWith(EngineRequest.TradePrefix, StringComparison.Ordinal)
            || !StrictId.TryParse(request.TradeId[EngineRequest.TradePrefix.Length..], out var positionId))
            return (Reason.UnknownPosition, null);
        var answer = await grains.GetGrain<IPortfolioPositions>(caller.Account).ClosePosition(new ClosePositionRequest(positionId, 0));
        return (answer.Reason, answer.Reason == Reason.None && answer.Exit is { } exit
            ? new EngineData
            {
                Email = caller.Email,
                TradeId = request.TradeId,
                Asset = answer.Symbol,
                MarginReturned = exit.MarginReleased.Shortest(),
                Pnl = exit.Profit.Shortest(),
                TotalReturn = exit.Payout.Shortest(),
                ClosePrice = exit.ExitPrice.Shortest(),
            }
            : null);
    }

    /// <summary>The envelope has no place for details; the field that is wrong is worth telling.</summary>
    private static string MessageOf(Refusal refusal)
    {
        var message = refusal.Message ?? refusal.Error.Message;
        var field = refusal.Details.FirstOrDefault(detail => detail.Key == "field").Value;
        return field is null || refusal.Message is not null ? message : $"{message} ({field})";
    }

    private static string DoneMessage(EngineCommand command) => command switch
    {
        EngineCommand.CreateAccount => "account created successfully",
        EngineCommand.GetUsdBalance => "USD balance retrieved successfully",
        EngineCommand.GetBalance => "Balance retrieved successfully",
        EngineCommand.CreateTrade => "Trade created successfully",
        _ => "Trade closed successfully",
    };

    private static decimal? Given(decimal value) => value == 0 ? null : value;
}
