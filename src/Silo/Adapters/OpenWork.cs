using System.Globalization;
using Exchange.Domain.Events;
using Exchange.Grains.Supervision;
using Exchange.Storage.Journal;

namespace Exchange.Silo.Adapters;

/// <summary>Everybody with a history may have something open.</summary>
internal sealed class OpenWork(IJournalReader journal) : IOpenWork
{
    public async Task<IReadOnlyList<string>> SymbolsAsync()
    {
        var symbols = new List<string>();
        await foreach (var head in journal.ReadHeadsAsync(Streams.SymbolPrefix))
            symbols.Add(head.Stream[Streams.SymbolPrefix.Length..]);
        return symbols;
    }

    public async Task<IReadOnlyList<long>> AccountsAsync()
    {
        var accounts = new List<long>();
        await foreach (var head in journal.ReadHeadsAsync(Streams.PortfolioPrefix))
            accounts.Add(long.Parse(head.Stream.AsSpan(Streams.PortfolioPrefix.Length), CultureInfo.InvariantCulture));
        return accounts;
    }
}
