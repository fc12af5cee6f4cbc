using System.Globalization;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Ledger;

/// <summary>
/// Checks that no money was made or lost. It works out from every trade what each account must have, sets that against what
/// the portfolios booked, and sums every asset up. Streams may come in any order, each from its beginning. From a running
/// exchange read the portfolios before the symbols: then whatever a portfolio booked can be found where it traded.
/// </summary>
public sealed class ConservationAudit
{
    private readonly Dictionary<string, Market> _markets = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Market> _marketsByNumber = [];
    private readonly Dictionary<long, AccountFold> _accounts = [];
    private readonly Dictionary<string, long> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PositionFold> _positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConditionalFold> _conditionals = new(StringComparer.Ordinal);
    private readonly SettlementMatch _match = new();
    private readonly Problems _problems = new();
    private long _trades;
    private long _settlements;

    /// <param name="markets">All that were ever listed; of two with one symbol the later counts.</param>
    public ConservationAudit(IEnumerable<Market> markets)
    {
        foreach (var market in markets)
        {
            _markets[market.Symbol] = market;
            _marketsByNumber[market.Number] = market;
        }
    }

    public void Feed(string stream, long sequence, EventBatch batch)
    {
        if (sequence <= _streams.GetValueOrDefault(stream))
            _problems.Add($"Stream {stream}: sequence {sequence} came after {_streams[stream]}.");
        _streams[stream] = sequence;

        if (stream.StartsWith(Streams.PortfolioPrefix, StringComparison.Ordinal))
            FeedPortfolio(long.Parse(stream.AsSpan(Streams.PortfolioPrefix.Length), CultureInfo.InvariantCulture), batch);
        else if (stream.StartsWith(Streams.SymbolPrefix, StringComparison.Ordinal))
            FeedSymbol(stream[Streams.SymbolPrefix.Length..], sequence, batch);
    }

    /// <summary>To be called once, when everything was fed.</summary>
    public AuditReport Report()
    {
        var inFlight = CheckUnmatched();
        var assets = new SortedDictionary<string, AssetAudit>(StringComparer.Ordinal);
        foreach (var (account, fold) in _accounts.OrderBy(pair => pair.Key))
        {
            foreach (var (asset, sums) in fold.Assets)
            {
                var expected = sums.Deposited + sums.Traded - sums.InFlight;
                var has = sums.Available + sums.Held + sums.InPositions;
                if (has != expected)
                    _problems.Add($"Account {account} has {has} {asset} and must have {expected}.");
                assets.TryGetValue(asset, out var sum);
                assets[asset] = new AssetAudit(
                    asset,
                    (sum?.Deposited ?? 0) + sums.Deposited,
                    (sum?.Available ?? 0) + sums.Available,
                    (sum?.Held ?? 0) + sums.Held,
                    (sum?.InFlight ?? 0) + sums.InFlight,
                    (sum?.InPositions ?? 0) + sums.InPositions);
            }
        }

        foreach (var asset in assets.Values.Where(asset => asset.Difference != 0))
            _problems.Add($"{asset.Asset}: the accounts and what is in flight differ from the deposits by {asset.Difference}.");
        return new AuditReport(
            [.. assets.Values], _accounts.Count, _trades, _settlements, inFlight, _problems.Count, [.. _problems.Kept]);
    }

    private void FeedPortfolio(long account, EventBatch batch)
    {
        var fold = AccountOf(account);
        for (var i = 0; i < batch.Events.Count; i++)
        {
            switch (batch.Events[i])
            {
                case FundsDeposited e:
                    fold.Deposit(e);
                    break;
                case BalanceAdjusted e:
                    fold.Adjust(e);
                    break;
                case FundsWithdrawn e:
                    fold.Withdraw(e);
                    break;
                case ResetFinished e:
                    fold.StartOver(e);
                    break;
                case OrderPlaced e:
                    fold.Place(e);
                    break;
                case FillSettled e:
                    _settlements++;
                    fold.Fill(e);
                    var index = e.OrderId == 0 ? SettlementKey.House : e.Index;
                    Book(e.Symbol, account, e.OrderId, e.Sequence, index, e.BaseChange, e.QuoteChange);
                    break;
                case LateFillSettled e:
                    _settlements++;
                    fold.FillLate(e);
                    Book(e.Symbol, account, e.OrderId, e.Sequence, e.Index, e.BaseChange, e.QuoteChange);
                    break;
                case OrderReduced e:
                    fold.Reduce(e);
                    Book(e.Symbol, account, e.OrderId, e.Sequence, SettlementKey.Reduction, e.Quantity, 0);
                    break;
                case OrderEnded e:
                    fold.End(e);
                    if (e.Sequence > 0)
                        Book(e.Symbol, account, e.OrderId, e.Sequence, SettlementKey.End, 0, 0);
                    break;
                case OrderTriggered e:
                    fold.Mark(e.Symbol, e.Sequence);
                    Book(e.Symbol, account, e.OrderId, e.Sequence, SettlementKey.Trigger, 0, 0);
                    break;
                case PositionRequested e:
                    fold.Request(e.PositionId, e.HeldAsset, e.Held);
                    break;
                case MarginRequested e:
                    fold.Request(e.RequestId, e.HeldAsset, e.Held);
                    break;
                case PositionSettled e:
                    _settlements++;
                    Book(e.Symbol, account, e.PositionId, e.Sequence, e.Index, 0, fold.Move(e));
                    Book(e.Symbol, account, e.PositionId, e.Sequence, SettlementKey.Margin, 0, e.MarginChange);
                    break;
                case PositionLeft e:
                    fold.Hear(e);
                    break;
                case SettledUpTo e:
                    fold.Mark(e.Symbol, e.Sequence);
                    break;
                case SettlementSetAside e:
                    fold.SetAside(e);
                    break;
                case SettlementTakenUp e:
                    fold.TakeUp(e);
                    break;
                case SettlementDropped e:
                    fold.Drop(e);
                    break;
            }
        }
    }

    private void FeedSymbol(string symbol, long sequence, EventBatch batch)
    {
        if (!_markets.TryGetValue(symbol, out var market))
            throw new ArgumentException($"The market {symbol} is not among those given.", nameof(symbol));

        if (!_positions.TryGetValue(symbol, out var positions))
            _positions.Add(symbol, positions = new PositionFold(symbol, _problems));
        if (!_conditionals.TryGetValue(symbol, out var conditionals))
            _conditionals.Add(symbol, conditionals = new ConditionalFold(symbol, _problems));
        var house = new SettlementLeg(market.HouseAccount, 0, 0, 0, 0);
        for (var i = 0; i < batch.Events.Count; i++)
        {
            conditionals.Feed(batch.Events[i]);
            switch (batch.Events[i])
            {
                case ConditionalFired e:
                    _match.Owe(new SettlementKey(market.Number, e.Account, e.OrderId, sequence, SettlementKey.Trigger), 0, 0);
                    break;
                case Traded e:
                    _trades++;
                    var legs = SettlementLegs.Of(e, market);
                    Owe(market, legs.Buyer, sequence, i);
                    Owe(market, legs.Seller, sequence, i);
                    house = house.Plus(legs.House);
                    break;
                case OrderDone e:
                    _match.Owe(new SettlementKey(market.Number, e.Account, e.OrderId, sequence, SettlementKey.End), 0, 0);
                    break;
                case OrderDecremented e:
                    var account = OrderIds.AccountOf(e.OrderId);
                    var key = new SettlementKey(market.Number, account, e.OrderId, sequence, SettlementKey.Reduction);
                    _match.Owe(key, market.QuantityOf(e.Lots), 0);
                    break;
                case var happened when positions.Feed(happened) is { } moved:
                    Owe(market, moved, sequence, i);
                    house = house.Plus(new SettlementLeg(market.HouseAccount, 0, 0, -moved.Change, 0));
                    break;
            }
        }

        conditionals.EndRecord(sequence);
        Owe(market, house, sequence, SettlementKey.House);
    }

    private void Owe(Market market, in SettlementLeg leg, long sequence, int index)
    {
        if (!leg.IsPresent)
            return;
        var fold = AccountOf(leg.Account);
        fold.Of(market.Base).Traded += leg.BaseChange;
        fold.Of(market.Quote).Traded += leg.QuoteChange;
        _match.Owe(new SettlementKey(market.Number, leg.Account, leg.OrderId, sequence, index), leg.BaseChange, leg.QuoteChange);
    }

    private void Owe(Market market, in PositionFold.Moved moved, long sequence, int index)
    {
        AccountOf(moved.Account).Of(market.Quote).Traded += moved.Change;
        var key = new SettlementKey(market.Number, moved.Account, moved.PositionId, sequence, index);
        _match.Owe(key, 0, moved.Change);
        _match.Owe(key with { Index = SettlementKey.Margin }, 0, moved.Margin);
    }

    private void Book(string symbol, long account, long orderId, long sequence, int index, decimal baseChange, decimal quoteChange)
    {
        if (_markets.TryGetValue(symbol, out var market))
            _match.Book(new SettlementKey(market.Number, account, orderId, sequence, index), baseChange, quoteChange);
        else
            _problems.Add($"Account {account}: settled in {symbol}, which is not a market.");
    }

    private long CheckUnmatched()
    {
        var inFlight = 0L;
        foreach (var (key, entry) in _match.Unmatched)
        {
            var market = _marketsByNumber[key.Market];
            var fold = AccountOf(key.Account);
            if (entry.Count > 0 && fold.IsDropped(market.Symbol, key.Sequence))
            {
                LeaveToHouse(market, fold, key, entry);
                continue;
            }

            var isTrade = key.Index is >= 0 or SettlementKey.House;
            var what = $"{market.Symbol} {key.Sequence}/{key.Index} for order {key.OrderId}";
            var amounts = $"{entry.BaseChange.Shortest()} {market.Base}, {entry.QuoteChange.Shortest()} {market.Quote}";
            if (entry.Count < 0)
                _problems.Add($"Account {key.Account}: {what} was settled but never happened ({amounts}).");
            else if (entry.Count == 0)
                _problems.Add($"Account {key.Account}: {what} was settled with other amounts (off by {amounts}).");
            else if (!isTrade && fold.IsTakenUp(market.Symbol, key.Sequence))
                continue;
            else if (!fold.IsInFlight(market.Symbol, key.Sequence))
                _problems.Add($"Account {key.Account}: {what} is below the mark but was not settled ({amounts}).");
            else
                inFlight++;

            if (entry.Count > 0 && isTrade && fold.IsInFlight(market.Symbol, key.Sequence))
            {
                fold.Of(market.Base).InFlight += entry.BaseChange;
                fold.Of(market.Quote).InFlight += entry.QuoteChange;
            }
        }

        foreach (var fold in _accounts.Values)
            fold.CheckDropped();
        return inFlight;
    }

    /// <summary>What an account will never book is the house's, which has it without a record of its own.</summary>
    private void LeaveToHouse(Market market, AccountFold fold, in SettlementKey key, in SettlementMatch.Entry entry)
    {
        if (key.Index is < 0 and not SettlementKey.House)
            return;
        fold.CountDropped(market.Symbol, key.Sequence, entry.BaseChange, entry.QuoteChange);
        var house = AccountOf(market.HouseAccount);
        foreach (var (asset, change) in new[] { (market.Base, entry.BaseChange), (market.Quote, entry.QuoteChange) })
        {
            fold.Of(asset).Traded -= change;
            house.Of(asset).Traded += change;
            house.Of(asset).Available += change;
        }
    }

    private AccountFold AccountOf(long account)
    {
        if (!_accounts.TryGetValue(account, out var fold))
            _accounts.Add(account, fold = new AccountFold(account, _problems));
        return fold;
    }
}
