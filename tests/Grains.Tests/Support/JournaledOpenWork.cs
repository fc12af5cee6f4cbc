using System.Globalization;
using Exchange.Domain.Events;
using Exchange.Domain.Portfolios;
using Exchange.Grains.Supervision;

namespace Exchange.Grains.Tests.Support;

/// <summary>Who has something open, read from the journal itself: what the read model answers where there is one.</summary>
internal sealed class JournaledOpenWork(MemoryJournal journal) : IOpenWork
{
    public async Task<IReadOnlyList<string>> SymbolsAsync() =>
        [.. (await Names(Streams.SymbolPrefix)).Select(stream => stream[Streams.SymbolPrefix.Length..])];

    public async Task<IReadOnlyList<long>> AccountsAsync()
    {
        var accounts = new List<long>();
        foreach (var stream in await Names(Streams.PortfolioPrefix))
        {
            var portfolio = new Portfolio(long.Parse(stream[Streams.PortfolioPrefix.Length..], CultureInfo.InvariantCulture));
            await foreach (var record in journal.ReadAsync(stream, 0))
            {
                var batch = EventCodec.Decode(record.Payload.Span);
                foreach (var happened in batch.Events)
                    portfolio.Apply(happened, batch.AtMs);
            }

            if (portfolio.OpenOrderCount > 0 || portfolio.Positions.Holds.Count > 0
                || portfolio.Announcements.Count > 0 || portfolio.Resets.IsRunning)
                accounts.Add(portfolio.Account);
        }

        return accounts;
    }

    private async Task<List<string>> Names(string prefix)
    {
        var names = new List<string>();
        await foreach (var head in journal.ReadHeadsAsync(prefix))
            names.Add(head.Stream);
        return names;
    }
}
