using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Positions;
using Exchange.Grains.Symbols;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Portfolios;

/// <summary>
/// An account's pairs between its grain and the symbols: both orders are held for and journaled at once, and handed over in one
/// message, so that neither is anywhere without the other.
/// </summary>
internal sealed class PortfolioPairs(
    Portfolio portfolio,
    IPortfolioSteps grain,
    Submissions submissions,
    IGrainFactory grains,
    IMarketCatalog catalog,
    SymbolCalls calls,
    ILogger logger)
{
    public async Task<PairReply> Place(PlacePair request)
    {
        if (!catalog.TryGet(request.Stop.Symbol, out var market))
            return PairReply.Refused(Reason.UnknownSymbol);
        var quote = await QuoteFor(request);
        if (quote.Reason != Reason.None)
            return PairReply.Refused(quote.Reason);

        var pair = new PairTerms(
            request.ClientListId, PortfolioViews.ToTerms(request.Profit), PortfolioViews.ToTerms(request.Stop));
        var reference = new MarketReference(quote.ReferencePrice);
        var decision = portfolio.PlacePair(pair, market, reference);
        if (decision.Existing is { } existing)
            return await PlacedBefore(market, existing);
        if (decision is not { Profit: { } profit, Stop: { } stop })
            return Refused(decision.Reason, pair, market, reference);
        if (!grain.TakesNewWork)
            return Refused(Reason.Overloaded, pair, market, reference);

        submissions.Start(market.Symbol, profit.OrderId);
        submissions.Start(market.Symbol, stop.OrderId);
        return await HandOver(market, profit, stop);
    }

    public async Task<PairReply> Cancel(PairReference reference)
    {
        if (Find(reference) is not { } pair)
            return PairReply.Refused(Reason.UnknownOrderList);
        await FateOf(pair);
        if (OpenOf(pair) is not { } open)
            return View(Reason.OrderAlreadyDone, pair);

        var symbol = grains.GetGrain<ISymbolGrain>(open.Symbol);
        var reply = await symbol.Cancel(new CancelAtSymbol(portfolio.Account, open.OrderId));
        if (reply.Sequence > 0)
            await grain.Settled(open.Symbol, reply.Sequence);
        return View(reply.Reason, pair);
    }

    public async Task<PairReply> Get(PairReference reference)
    {
        var reply = Find(reference) is { } pair ? View(Reason.None, pair) : PairReply.Refused(Reason.UnknownOrderList);
        await grain.Durable();
        return reply;
    }

    public async Task<ArmedOrdersView> Armed()
    {
        var bySymbol = portfolio.OpenOrders.Where(order => order.IsArmed).GroupBy(order => order.Symbol, order => order.OrderId);
        var views = await Task.WhenAll(bySymbol.Select(ids =>
            grains.GetGrain<ISymbolConditionals>(ids.Key).GetArmed(new ArmedRequest(portfolio.Account, [.. ids]))));
        return new ArmedOrdersView([.. views.SelectMany(view => view.Orders).OrderBy(order => order.OrderId)]);
    }

    private async Task<QuoteReply> QuoteFor(PlacePair pair)
    {
        var needsQuote = PortfolioGrain.NeedsQuote(pair.Profit) || PortfolioGrain.NeedsQuote(pair.Stop);
        if (!needsQuote || portfolio.FindPair(pair.ClientListId) is not null)
            return PortfolioViews.NoQuote;
        var symbol = grains.GetGrain<ISymbolGrain>(pair.Stop.Symbol);
        return await symbol.Quote(new QuoteRequest(pair.Stop.Side, pair.Stop.Quantity, 0));
    }

    private async Task<PairReply> PlacedBefore(Market market, KnownPair pair)
    {
        try
        {
            await FateOf(pair);
        }
        catch (Exception exception) when (exception is not Interfaces.StateUnavailableException)
        {
            Log.ReconcileFailed(logger, exception, portfolio.Account, market.Symbol);
            return View(Reason.Timeout, pair);
        }

        await grain.Durable();
        var view = View(Reason.None, pair);
        return view with { Reason = RefusalOf(view.Orders) };
    }

    private async Task FateOf(KnownPair pair)
    {
        foreach (var id in new[] { pair.ProfitId, pair.StopId })
        {
            if (portfolio.FindOpenOrder(id) is { } open)
                await grain.FateOf(open.Symbol, id);
        }
    }

    private async Task<PairReply> HandOver(Market market, OrderPlaced profit, OrderPlaced stop)
    {
        try
        {
            await grain.Journal([profit, stop]);
            var pair = KnownPair.Of(profit.ListId, profit.ClientListId);
            if (await SubmitUntilAnswered(market, profit, stop) is not { } reply)
                return View(Reason.Timeout, pair);

            var sequence = 0L;
            foreach (var (order, answer) in new[] { (profit, reply.Profit), (stop, reply.Stop) })
            {
                if (SymbolReplies.IsTooLate(answer))
                    return View(Reason.Timeout, pair);
                await Confirm(market, order, answer);
                sequence = Math.Max(sequence, answer.Status.IsDone() || answer.FilledQuantity > 0 ? answer.Sequence : 0);
            }

            if (sequence > 0)
                await grain.Settled(market.Symbol, sequence);
            var view = View(Reason.None, pair);
            return view with { Reason = RefusalOf(view.Orders) };
        }
        finally
        {
            submissions.End(profit.OrderId);
            submissions.End(stop.OrderId);
            grain.ReconcileSoon();
        }
    }

    private async Task Confirm(Market market, OrderPlaced order, SubmitReply answer)
    {
        if (answer.Reason == Reason.NeverReachedMarket && portfolio.ReleaseNeverArrived(order.OrderId).Event is { } released)
            await grain.Journal([released]);
        submissions.Confirm(market.Symbol, order.OrderId);
    }

    private Task<SubmitPairReply?> SubmitUntilAnswered(Market market, OrderPlaced profit, OrderPlaced stop)
    {
        var account = portfolio.Account;
        var held = profit.Held + stop.Held;
        var symbol = grains.GetGrain<ISymbolConditionals>(market.Symbol);
        return calls.UntilAnswered(market.Symbol, profit.OrderId, () =>
        {
            var floor = submissions.Floor(market.Symbol, profit.OrderId);
            return symbol.SubmitPair(new SubmitPair(
                PortfolioViews.ToSubmit(account, market, profit, PortfolioViews.NoQuote, held, floor),
                PortfolioViews.ToSubmit(account, market, stop, PortfolioViews.NoQuote, held, floor)));
        });
    }

    private KnownPair? Find(PairReference reference)
    {
        var pair = reference.ListId != 0 ? PairOf(reference.ListId) : portfolio.FindPair(reference.ClientListId);
        var isThere = reference.Symbol.Length == 0 || pair is null || Views(pair.Value).All(order => order.Symbol == reference.Symbol);
        return isThere ? pair : null;
    }

    private KnownPair? PairOf(long listId)
    {
        if (Terms(listId) is { IsPaired: true } terms && terms.ListId == listId)
            return KnownPair.Of(listId, terms.ClientListId);
        return Terms(listId + 1) is { IsPaired: true } stop && stop.ListId == listId ? KnownPair.Of(listId, stop.ClientListId) : null;
    }

    private OrderPlaced? Terms(long orderId) => portfolio.FindOpenOrder(orderId)?.Terms;

    private OpenOrder? OpenOf(KnownPair pair) => portfolio.FindOpenOrder(pair.ProfitId) ?? portfolio.FindOpenOrder(pair.StopId);

    private PairReply View(Reason reason, KnownPair pair) => new(reason, pair.ProfitId, pair.ClientListId, [.. Views(pair)], 0, 0);

    private IEnumerable<OrderView> Views(KnownPair pair)
    {
        foreach (var id in new[] { pair.ProfitId, pair.StopId })
        {
            if (portfolio.FindOpenOrder(id) is { } open)
                yield return PortfolioViews.Of(open);
            else if (grain.Recent(id) is { } recent)
                yield return recent;
        }
    }

    private static Reason RefusalOf(OrderView[] orders)
    {
        foreach (var order in orders)
        {
            if (PortfolioViews.Refusal(order.Status, order.Reason) is var reason and not Reason.None)
                return reason;
        }

        return Reason.None;
    }

    private PairReply Refused(Reason reason, PairTerms pair, Market market, in MarketReference reference)
    {
        if (reason != Reason.InsufficientBalance)
            return PairReply.Refused(reason);
        var required = Math.Max(OrderHolds.Required(pair.Profit, market, reference), OrderHolds.Required(pair.Stop, market, reference));
        var available = portfolio.BalanceOf(OrderHolds.AssetOf(pair.Stop.Side, market)).Available;
        return PairReply.Refused(reason) with { Required = required, Available = available };
    }
}
