using Exchange.Domain;
using Exchange.Domain.Portfolios;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Positions;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Portfolios;

/// <summary>
/// Carries a reset to its end: asks the markets to let go of what is open, again and again, and takes the money back when
/// nothing is. What a market refuses for now, halted or without data, is asked for again later.
/// </summary>
internal sealed class AccountReset(
    Portfolio portfolio,
    IPortfolioSteps grain,
    Func<CancelOrder, Task<CancelOrderReply>> cancel,
    Func<ClosePositionRequest, Task<PositionAnswer>> close,
    PortfolioOptions options,
    TimeProvider time,
    ILogger logger)
{
    private const int AtATime = 50;

    private Task _attempt = Task.CompletedTask;

    private AccountResets Resets => portfolio.Resets;

    public async Task<ResetReply> Start(string resetId)
    {
        var decision = portfolio.StartReset(resetId, time.GetUtcNow().ToUnixTimeMilliseconds(), (long)options.ResetPause.TotalMilliseconds);
        if (decision.Reason != Reason.None)
            return Reply(decision.Reason);
        if (decision.Event is { } started)
            await grain.Journal([started]);
        await GoOn();
        return Reply(Reason.None);
    }

    public ResetReply Reply(Reason reason)
    {
        var pause = (long)options.ResetPause.TotalMilliseconds;
        var isKnown = Resets.LastId.Length > 0;
        return new ResetReply(
            reason,
            Resets.LastId,
            Resets.StartedAtMs,
            isKnown ? Resets.FinishedAtMs(Resets.LastId) ?? 0 : 0,
            isKnown ? Resets.StartedAtMs + pause : 0,
            portfolio.OpenOrderCount,
            portfolio.Positions.Open.Count + portfolio.Positions.Holds.Count);
    }

    /// <summary>One attempt at a time; whoever comes meanwhile waits for the one under way.</summary>
    public Task GoOn()
    {
        if (_attempt.IsCompleted)
            _attempt = Resets.IsRunning ? Attempt() : Task.CompletedTask;
        return _attempt;
    }

    private async Task Attempt()
    {
        foreach (var some in portfolio.OpenOrders.Chunk(AtATime))
            await Task.WhenAll(some.Select(order => Try(() => cancel(new CancelOrder(order.OrderId, "", "")))));
        foreach (var some in portfolio.Positions.Open.Chunk(AtATime))
            await Task.WhenAll(some.Select(Close));
        if (portfolio.FinishReset() is { Count: > 0 } finish)
            await grain.Journal(finish);
    }

    private Task Close(OwnedPosition position) => Try(() => close(new ClosePositionRequest(position.PositionId, 0)));

    private async Task Try<T>(Func<Task<T>> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception exception)
        {
            Log.ResetHeldUp(logger, exception, portfolio.Account, Resets.RunningId);
        }
    }
}
