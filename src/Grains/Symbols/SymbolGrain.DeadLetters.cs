using Exchange.Domain;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Grains.Symbols;

/// <summary>Settlements that a portfolio refused, tried again or given up when an operator says so.</summary>
public sealed partial class SymbolGrain
{
    public Task<Reason> RetryDeadLetter(long letterId) =>
        Decide(
            letterId, static (portfolio, record) => portfolio.RetrySettlement(record), _services.DeadLetters.Complete,
            _services.DeadLetters.NoteRetry);

    /// <summary>The portfolio first: once it has given the record up, nobody can bring it back, whatever becomes of the letter.</summary>
    public Task<Reason> DropDeadLetter(long letterId) =>
        Decide(
            letterId, static (portfolio, record) => portfolio.DropSettlement(record), _services.DeadLetters.Drop, static _ => Task.CompletedTask);

    private async Task<Reason> Decide(
        long letterId, Func<IPortfolioGrain, SettlementBatch, Task<Reason>> settle, Func<long, Task> noteDone, Func<long, Task> noteRefused)
    {
        var letter = await _services.DeadLetters.Find(letterId);
        if (letter is null || letter.Symbol != Symbol)
            return Reason.InvalidRequest;
        var reason = await settle(GrainFactory.GetGrain<IPortfolioGrain>(letter.Account), SettlementMapping.ToBatch(Symbol, letter.Record));
        await (reason == Reason.None ? noteDone(letterId) : noteRefused(letterId));
        return reason;
    }
}
