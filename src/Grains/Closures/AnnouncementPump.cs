using Exchange.Domain.Events;
using Exchange.Domain.Portfolios;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Storage.Closures;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Closures;

/// <summary>What the pump asks of its grain.</summary>
internal interface IAnnouncementSteps
{
    /// <summary>Journals that the owner has been told, and shows it to those who watch.</summary>
    Task Told(Announced told, NotificationView[] notifications);

    void ResumeAfter(TimeSpan delay);
}

/// <summary>
/// Tells an owner what the account has to tell: in order, only what is durable, each once, for the store knows what it has had.
/// What fails is tried again with backoff, then goes to the dead letters; only when that fails too does it wait here, for as
/// long as it takes. Runs in its grain's turns.
/// </summary>
internal sealed class AnnouncementPump(
    Portfolio portfolio, IClosures closures, ClosureOptions options, IAnnouncementSteps grain, ILogger logger)
{
    private readonly Queue<(long Sequence, long Number)> _undurable = new();
    private long _durableNumber;
    private int _attempts;
    private bool _isRunning;
    private bool _isWaiting;

    public bool IsStopped { get; set; }

    /// <summary>What has been replayed is durable.</summary>
    public void Start()
    {
        _durableNumber = portfolio.Announcements.LastNumber;
        Deliver();
    }

    public void Decided(long sequence)
    {
        var last = portfolio.Announcements.LastNumber;
        if (last > (_undurable.Count > 0 ? _undurable.Last().Number : _durableNumber))
            _undurable.Enqueue((sequence, last));
    }

    public void DurableUpTo(long sequence)
    {
        if (_undurable.Count == 0)
            return;
        while (_undurable.TryPeek(out var decided) && decided.Sequence <= sequence)
            _durableNumber = _undurable.Dequeue().Number;
        Deliver();
    }

    public void Resume()
    {
        _isWaiting = false;
        Deliver();
    }

    private void Deliver()
    {
        if (!IsStopped && !_isRunning && !_isWaiting && portfolio.Announcements.Count > 0)
            _ = Run();
    }

    private async Task Run()
    {
        _isRunning = true;
        try
        {
            while (!IsStopped && !_isWaiting && Next() is { Count: > 0 } batch)
                await Tell(batch);
        }
        catch (Exception exception)
        {
            // The journal did not take it: the activation is ending, and the next one tells again what the store then knows.
            Log.AnnouncingStopped(logger, exception, portfolio.Account);
        }
        finally
        {
            _isRunning = false;
        }
    }

    /// <summary>After a failure one by one, so that it is known which one fails.</summary>
    private List<Announcement> Next() =>
        portfolio.Announcements.Oldest(_durableNumber, _attempts == 0 ? options.ClosuresPerBatch : 1);

    private async Task Tell(List<Announcement> batch)
    {
        var told = batch.ConvertAll(announcement => ClosureTexts.Of(portfolio.Account, announcement));
        if (await TryFile(told) is not { } ids)
            return;
        _attempts = 0;
        NotificationView[] views = [.. told.Zip(ids).Where(pair => pair.Second > 0).Select(pair => new NotificationView(
            pair.Second, pair.First.Kind, pair.First.Body, pair.First.AtMs))];
        await grain.Told(new Announced(batch[^1].Number), views);
    }

    /// <summary>Null where it has to be tried again.</summary>
    private async Task<IReadOnlyList<long>?> TryFile(List<Closure> told)
    {
        try
        {
            return await closures.FileAsync(told, _attempts + 1);
        }
        catch (Exception exception)
        {
            _attempts++;
            Log.AnnouncementFailed(logger, exception, portfolio.Account, told[0].Key, _attempts);
            if (told.Count == 1 && _attempts >= options.Attempts && await TryBury(told[0], exception.Message))
                return [0];
        }

        _isWaiting = true;
        grain.ResumeAfter(Backoff());
        return null;
    }

    private async Task<bool> TryBury(Closure closure, string reason)
    {
        try
        {
            await closures.BuryAsync(closure, _attempts, reason);
            Log.AnnouncementBuried(logger, portfolio.Account, closure.Key);
            return true;
        }
        catch (Exception exception)
        {
            Log.AnnouncementFailed(logger, exception, portfolio.Account, closure.Key, _attempts);
            return false;
        }
    }

    private TimeSpan Backoff()
    {
        var delay = options.RetryDelay * Math.Pow(2, Math.Min(_attempts - 1, 16));
        return delay < options.RetryDelayMax ? delay : options.RetryDelayMax;
    }
}
