using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Exchange.Embedded.Runtime;

/// <summary>The engine: all mailboxes of the process and what they share.</summary>
internal sealed partial class Silo : IDisposable
{
    private readonly ConcurrentDictionary<GrainId, Mailbox> _mailboxes = new(concurrencyLevel: 4, capacity: 1024);
    private readonly ILogger _logger;
    private readonly IdleCollector _collector;

    public Silo(
        IServiceProvider services,
        ITurnScheduler scheduler,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> messaging,
        ILogger<Silo> logger)
    {
        Services = services;
        Cluster = services.GetRequiredService<Cluster>();
        Address = Cluster.Admit(this);
        Scheduler = scheduler;
        CompletionOptions = scheduler.IsSingleThreaded ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously;
        Clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
        Collection = Checked(collection.Value);
        MailboxLimit = messaging.Value.MaxEnqueuedRequestsHardLimit;
        MaxForwards = messaging.Value.MaxForwardCount;
        Filters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        _logger = logger;
        Types = new GrainTypes(AgeLimitFor);
        Factory = new GrainFactory(this);
        Counters = new Counters(this);
        Timeouts = new Timeouts(this, messaging.Value.ResponseTimeout);
        _collector = new IdleCollector(this);
    }

    internal IServiceProvider Services { get; }

    internal ITurnScheduler Scheduler { get; }

    /// <summary>
    /// What waits for a task that the engine completes must not run in the turn that completes it, and in a simulation on no
    /// other thread.
    /// </summary>
    internal TaskCreationOptions CompletionOptions { get; }

    internal TimeProvider Clock { get; }

    internal GrainCollectionOptions Collection { get; }

    internal int MailboxLimit { get; }

    internal int MaxForwards { get; }

    internal IReadOnlyList<IIncomingGrainCallFilter> Filters { get; }

    internal GrainTypes Types { get; }

    internal GrainFactory Factory { get; }

    internal ProxyFactory Proxies { get; } = new();

    internal Counters Counters { get; }

    internal Timeouts Timeouts { get; }

    internal Cluster Cluster { get; }

    internal SiloAddress Address { get; }

    internal IEnumerable<Mailbox> Mailboxes => _mailboxes.Select(entry => entry.Value);

    /// <summary>A grain always has a mailbox when one is looked for; an observer only until it is deleted.</summary>
    internal Mailbox? FindMailbox(GrainId grainId, Mailbox? retired) =>
        Cluster.IsShared && grainId.Type != GrainClass.Observer.GrainType ? Cluster.Find(grainId, retired) : FindHere(grainId, retired);

    internal Mailbox? FindHere(GrainId grainId, Mailbox? retired)
    {
        while (true)
        {
            if (_mailboxes.TryGetValue(grainId, out var found))
            {
                if (found != retired)
                    return found;
                Remove(found);
            }

            if (grainId.Type == GrainClass.Observer.GrainType)
                return null;

            var made = new Mailbox(this, grainId, Types.ClassNamed(grainId.Type));
            if (_mailboxes.TryAdd(grainId, made))
                return made;
        }
    }

    internal Mailbox? TryFindMailbox(GrainId grainId) => _mailboxes.GetValueOrDefault(grainId);

    internal void Add(Mailbox observer) => _mailboxes[observer.GrainId] = observer;

    internal void Forget(Mailbox mailbox)
    {
        if (Cluster.IsShared)
            Cluster.Forget(mailbox);
        else
            Remove(mailbox);
    }

    internal bool Remove(Mailbox mailbox) => _mailboxes.TryRemove(new KeyValuePair<GrainId, Mailbox>(mailbox.GrainId, mailbox));

    /// <summary>Returns where it went, or null where nobody takes it and the request has failed.</summary>
    internal Mailbox? Deliver(Request request, GrainId grainId, Mailbox? retired)
    {
        var mailbox = retired;
        do
        {
            mailbox = FindMailbox(grainId, mailbox);
            if (mailbox is null)
            {
                request.Fail(grainId.Type == GrainClass.Observer.GrainType
                    ? new OrleansMessageRejectionException($"The observer {grainId} was deleted.")
                    : new SiloUnavailableException("No silo of the cluster is active."));
                return null;
            }
        }
        while (!mailbox.Deliver(request));

        return mailbox;
    }

    internal CancellationTokenSource StartTimeout(TimeSpan time, CancellationToken linked = default) =>
        new LinkedTimeout(time, Clock, linked);

    /// <summary>A time that never passes is one that lies beyond every timestamp of the process.</summary>
    internal long ToTimestampTicks(TimeSpan time) => time < TimeSpan.Zero || time > TimeSpan.FromDays(short.MaxValue)
        ? long.MaxValue / 4
        : (long)(time.TotalSeconds * Clock.TimestampFrequency);

    internal long TimestampAfter(TimeSpan time) => Clock.GetTimestamp() + ToTimestampTicks(time);

    public void Dispose()
    {
        _collector.Dispose();
        Timeouts.Dispose();
        Counters.Dispose();
    }

    internal void ReportFailedActivation(GrainId grainId, Exception exception) => Log.ActivationFailed(_logger, grainId, exception);

    internal void ReportFailedDeactivation(GrainId grainId, Exception exception) => Log.DeactivationFailed(_logger, grainId, exception);

    internal void ReportFailedTimer(GrainId grainId, Exception exception) => Log.TimerFailed(_logger, grainId, exception);

    internal void ReportUnanswered(Request request, GrainId grainId, Exception exception) =>
        Log.UnansweredFailed(_logger, request.Method, grainId, exception);

    internal void ReportFailedTurn(GrainId grainId, Exception exception) => Log.TurnFailed(_logger, grainId, exception);

    private static GrainCollectionOptions Checked(GrainCollectionOptions options)
    {
        if (options.CollectionQuantum <= TimeSpan.Zero || options.DeactivationTimeout <= TimeSpan.Zero)
            throw new OrleansConfigurationException("CollectionQuantum and DeactivationTimeout must be positive.");
        if (options.ClassSpecificCollectionAge.Values.Append(options.CollectionAge).Any(age => age <= options.CollectionQuantum))
            throw new OrleansConfigurationException(
                $"Every collection age must be greater than CollectionQuantum, which is {options.CollectionQuantum}.");
        return options;
    }

    private TimeSpan AgeLimitFor(Type grainClass) =>
        Collection.ClassSpecificCollectionAge.TryGetValue(grainClass.FullName!, out var age) ? age : Collection.CollectionAge;
}
