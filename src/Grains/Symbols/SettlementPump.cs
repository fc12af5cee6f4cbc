using Exchange.Domain;
using Exchange.Domain.Symbols;
using Exchange.Grains.Interfaces.Portfolios;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Symbols;

/// <summary>
/// Empties a symbol's outbox: in order and one batch at a time per account, all accounts side by side. What fails is
/// tried again with backoff; what is refused goes to the dead letters and stops nothing else. Runs in its grain's turns.
/// </summary>
internal sealed class SettlementPump(
    string symbol,
    Outbox outbox,
    IGrainFactory grains,
    IDeadLetterOffice deadLetters,
    SymbolOptions options,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Those who trade all the time need not be found each time.</summary>
    private const int IdleDeliveriesMax = 1_024;

    private readonly Dictionary<long, Delivery> _deliveries = [];
    private long _durable;

    public bool IsStopped { get; set; }

    /// <summary>Accounts whose last delivery failed.</summary>
    public int RetryCount => _deliveries.Values.Count(delivery => delivery.Attempts > 0);

    public void DurableUpTo(long sequence) => _durable = sequence;

    /// <summary>The account has something that may be delivered now.</summary>
    public void Deliver(long account)
    {
        if (!_deliveries.TryGetValue(account, out var delivery))
            _deliveries[account] = delivery = new Delivery(grains.GetGrain<IPortfolioGrain>(account));
        if (!delivery.IsRunning && delivery.Attempts == 0)
            _ = Run(account, delivery);
    }

    public void DeliverAll()
    {
        foreach (var account in outbox.Accounts.ToArray())
            Deliver(account);
    }

    public void RetryDue()
    {
        var now = time.GetTimestamp();
        foreach (var (account, delivery) in _deliveries)
        {
            if (!delivery.IsRunning && delivery.Attempts > 0 && now >= delivery.RetryAt)
                _ = Run(account, delivery);
        }
    }

    private async Task Run(long account, Delivery delivery)
    {
        delivery.IsRunning = true;
        try
        {
            while (!IsStopped && outbox.Oldest(account, _durable, options.SettlementsPerBatch, SettlementMapping.ToEntry) is { Length: > 0 } batch)
            {
                var reply = await delivery.Portfolio.Settle(new SettlementBatch(symbol, batch));
                outbox.Acknowledge(account, reply.UpTo);
                if (reply.Reason != Reason.None)
                    await Bury(account, batch, reply);
                delivery.Attempts = 0;
            }

            if (_deliveries.Count > IdleDeliveriesMax)
                _deliveries.Remove(account);
        }
        catch (Exception exception)
        {
            delivery.Attempts++;
            delivery.RetryAt = time.GetTimestamp() + (long)(Backoff(delivery.Attempts).TotalSeconds * time.TimestampFrequency);
            Log.SettlementFailed(logger, exception, symbol, account, delivery.Attempts);
        }
        finally
        {
            delivery.IsRunning = false;
        }
    }

    private async Task Bury(long account, SettlementEntry[] batch, SettleReply reply)
    {
        var refused = SettlementMapping.ToItems(batch).Where(item => item.Sequence > reply.UpTo).ToArray();
        var record = refused.TakeWhile(item => item.Sequence == refused[0].Sequence).ToArray();
        await deadLetters.Add(symbol, account, reply.Reason, record);
        outbox.Acknowledge(account, record[0].Sequence);
        Log.SettlementRefused(logger, symbol, record[0].Sequence, account, reply.Reason);
    }

    private TimeSpan Backoff(int attempts)
    {
        var factor = Math.Pow(2, Math.Min(attempts - 1, 16));
        var delay = options.SettlementRetryMin * factor;
        return delay < options.SettlementRetryMax ? delay : options.SettlementRetryMax;
    }

    private sealed class Delivery(IPortfolioGrain portfolio)
    {
        public readonly IPortfolioGrain Portfolio = portfolio;
        public bool IsRunning;
        public int Attempts;
        public long RetryAt;
    }
}
