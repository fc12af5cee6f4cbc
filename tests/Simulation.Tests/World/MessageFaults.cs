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

/// <summary>
/// Messages that were delivered once and may be delivered again. Symbols forget accounts that were quiet for a quarter of an hour,
/// because no message is on its way for that long; so none is here either.
/// </summary>
public sealed class LateMail(Chance chance, TimeProvider clock)
{
    private const int Kept = 64;
    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(10);

    private readonly List<(DateTimeOffset SentAt, Func<IGrainFactory, Task> Deliver)> _letters = [];

    public void Keep(IIncomingGrainCallContext context)
    {
        Func<IGrainFactory, Task>? letter = (context.MethodName, context.Request.GetArgumentCount() > 0 ? context.Request.GetArgument(0) : null) switch
        {
            ("Submit", SubmitOrder submit) => grains => Symbol(grains, context).Submit(submit),
            ("SubmitPair", SubmitPair pair) => grains =>
                grains.GetGrain<ISymbolConditionals>(context.TargetId.Key.ToString()!).SubmitPair(pair),
            ("Cancel", CancelAtSymbol cancel) => grains => Symbol(grains, context).Cancel(cancel),
            ("Reconcile", ReconcileRequest reconcile) => grains => Symbol(grains, context).Reconcile(reconcile),
            ("Settle", SettlementBatch batch) => grains => Portfolio(grains, context).Settle(batch),
            _ => null,
        };
        if (letter is null)
            return;
        if (_letters.Count < Kept)
            _letters.Add((clock.GetUtcNow(), letter));
        else
            _letters[chance.Next(Kept)] = (clock.GetUtcNow(), letter);
    }

    public Func<IGrainFactory, Task>? Draw()
    {
        if (_letters.Count == 0)
            return null;
        var (sentAt, deliver) = chance.Of(_letters);
        return clock.GetUtcNow() - sentAt <= AgeMax ? deliver : null;
    }

    private static ISymbolGrain Symbol(IGrainFactory grains, IIncomingGrainCallContext context) =>
        grains.GetGrain<ISymbolGrain>(context.TargetId.Key.ToString()!);

    private static IPortfolioGrain Portfolio(IGrainFactory grains, IIncomingGrainCallContext context) =>
        grains.GetGrain<IPortfolioGrain>(context.TargetId.GetIntegerKey());
}
