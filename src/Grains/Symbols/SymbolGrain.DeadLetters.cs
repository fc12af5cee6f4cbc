using Exchange.Domain;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Grains.Symbols;

/// <summary>Settlements that a portfolio refused, tried again when an operator says so.</summary>
public sealed partial class SymbolGrain
{
    public async Task<Reason> RetryDeadLetter(long letterId)
    {
        var letter = await _services.DeadLetters.Find(letterId);
        if (letter is null || letter.Symbol != Symbol)
            return Reason.InvalidRequest;
        var record = SettlementMapping.ToBatch(Symbol, letter.Record);
        var reason = await GrainFactory.GetGrain<IPortfolioGrain>(letter.Account).RetrySettlement(record);
        await (reason == Reason.None ? _services.DeadLetters.Remove(letterId) : _services.DeadLetters.NoteRetry(letterId));
        return reason;
    }
}
