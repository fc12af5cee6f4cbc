using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Simulation.Tests.World;

/// <summary>
/// The network between grains: messages get lost, come late, lose their replies. Copies of those that move orders and
/// money are kept, to be delivered again later.
/// </summary>
public sealed class MessageFaults(Chance chance, TimeProvider clock, LateMail mail) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.Grain is not (ISymbolGrain or IPortfolioGrain) || context.MethodName is "FeedChanged" or "Open" or "Deposit")
        {
            await context.Invoke();
            return;
        }

        mail.Keep(context);
        if (chance.Fault(chance.MessageLost))
            throw new TimeoutException("The message was lost.");
        if (chance.Fault(chance.MessageLate))
            await Task.Delay(chance.OneIn(5) ? chance.Ms(10_000, 45_000) : chance.Ms(1, 2_000), clock);
        await context.Invoke();
        if (chance.Fault(chance.MessageReplyLost))
            throw new TimeoutException("The reply was lost.");
    }
}

/// <summary>Messages that were delivered once and may be delivered again, until they are later than any message can be.</summary>
public sealed class LateMail(Chance chance, TimeProvider clock)
{
    private const int Kept = 64;

    /// <summary>Symbols remember quiet accounts for longer than this.</summary>
    private static readonly TimeSpan LateMax = TimeSpan.FromMinutes(10);

    private readonly List<(Func<IGrainFactory, Task> Deliver, DateTimeOffset SentAt)> _letters = [];

    public void Keep(IIncomingGrainCallContext context)
    {
        Func<IGrainFactory, Task>? letter = (
            context.MethodName, context.Request.GetArgumentCount() > 0 ? context.Request.GetArgument(0) : null) switch
        {
            ("Submit", SubmitOrder submit) => grains => Symbol(grains, context).Submit(submit),
            ("SubmitPair", SubmitPair pair) => grains =>
                grains.GetGrain<ISymbolConditionals>(context.TargetId.Key.ToString()!).SubmitPair(pair),
            ("Cancel", CancelAtSymbol cancel) => grains => Symbol(grains, context).Cancel(cancel),
            ("Reconcile", ReconcileRequest reconcile) => grains => Symbol(grains, context).Reconcile(reconcile),
            ("OpenPosition", OpenAtSymbol open) => grains => Positions(grains, context).OpenPosition(open),
            ("AddMargin", AddMarginAtSymbol margin) => grains => Positions(grains, context).AddMargin(margin),
            ("ChangePosition", ChangeAtSymbol change) => grains => Positions(grains, context).ChangePosition(change),
            ("ClosePosition", CloseAtSymbol close) => grains => Positions(grains, context).ClosePosition(close),
            ("Settle", SettlementBatch batch) => grains => Portfolio(grains, context).Settle(batch),
            _ => null,
        };
        var isCopy = context.SourceId is null;
        if (letter is null || isCopy)
            return;
        if (_letters.Count < Kept)
            _letters.Add((letter, clock.GetUtcNow()));
        else
            _letters[chance.Next(Kept)] = (letter, clock.GetUtcNow());
    }

    public Func<IGrainFactory, Task>? Draw()
    {
        _letters.RemoveAll(letter => clock.GetUtcNow() - letter.SentAt > LateMax);
        return _letters.Count == 0 ? null : chance.Of(_letters).Deliver;
    }

    private static ISymbolGrain Symbol(IGrainFactory grains, IIncomingGrainCallContext context) =>
        grains.GetGrain<ISymbolGrain>(context.TargetId.Key.ToString()!);

    private static ISymbolPositions Positions(IGrainFactory grains, IIncomingGrainCallContext context) =>
        grains.GetGrain<ISymbolPositions>(context.TargetId.Key.ToString()!);

    private static IPortfolioGrain Portfolio(IGrainFactory grains, IIncomingGrainCallContext context) =>
        grains.GetGrain<IPortfolioGrain>(context.TargetId.GetIntegerKey());
}
