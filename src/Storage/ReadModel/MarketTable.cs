using System.Diagnostics.CodeAnalysis;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

/// <summary>A definition is kept as the event that lists it, in the journal's own format.</summary>
internal sealed class MarketTable
{
    private readonly ISqlStatement _write;
    private readonly Dictionary<string, Market> _markets;

    public MarketTable(StatementCache session)
    {
        _markets = ReadAll(session).ToDictionary(market => market.Symbol);
        _write = session["INSERT INTO markets (number, symbol, definition) VALUES ($1, $2, $3) ON CONFLICT (number) DO UPDATE SET definition = "
            + "excluded.definition"];
    }

    public static List<Market> ReadAll(StatementCache session)
    {
        var markets = new List<Market>();
        ISqlStatement query = session["SELECT definition FROM markets ORDER BY number"];
        while (query.Read())
        {
            markets.Add(((MarketListed)EventCodec.Decode(query.Bytes(0)).Events[0]).Market);
        }

        return markets;
    }

    public bool TryGet(string symbol, [NotNullWhen(true)] out Market? market) => _markets.TryGetValue(symbol, out market);

    public void Write(Market market)
    {
        _markets[market.Symbol] = market;
        byte[] definition = EventCodec.Encode(new EventBatch(0, [new MarketListed(market)]));
        _write.Bind(1, market.Number).Bind(2, market.Symbol).Bind(3, definition).Run();
    }
}
