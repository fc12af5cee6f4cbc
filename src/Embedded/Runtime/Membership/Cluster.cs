using System.Net;

namespace Exchange.Embedded.Runtime;

/// <summary>
/// The silos of one process that share their grains, as a test cluster has them; everywhere else it is a cluster of one.
/// Each grain has its mailbox on one of them, chosen at random when it is first called, and anew when that one is gone.
/// </summary>
internal sealed class Cluster
{
    private readonly Lock _gate = new();
    private readonly Dictionary<GrainId, Silo> _homes = [];
    private readonly Dictionary<Silo, SiloStatus> _members = [];
    private readonly List<ISiloStatusListener> _listeners = [];

    /// <summary>Where it is not, a silo finds everything with itself, and nobody takes turns here.</summary>
    internal bool IsShared { get; init; }

    internal (Silo Silo, SiloStatus Status)[] Members
    {
        get
        {
            lock (_gate)
                return [.. _members.Where(member => member.Value != SiloStatus.Created).Select(member => (member.Key, member.Value))];
        }
    }

    internal Silo[] ActiveSilos => [.. Members.Where(member => member.Status == SiloStatus.Active).Select(member => member.Silo)];

    /// <summary>It has an address from now on, and grains when it is active; a client never is.</summary>
    internal SiloAddress Admit(Silo silo)
    {
        lock (_gate)
        {
            _members.Add(silo, SiloStatus.Created);
            return SiloAddress.New(new IPEndPoint(IPAddress.Loopback, _members.Count - 1), Environment.ProcessId);
        }
    }

    internal void Note(Silo silo, SiloStatus status)
    {
        ISiloStatusListener[] listeners;
        lock (_gate)
        {
            _members[silo] = status;
            if (IsShared && status == SiloStatus.Dead)
                Evict(silo);
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
            listener.SiloStatusChangeNotification(silo.Address, status);
    }

    /// <summary>Null where there is no silo that could have it.</summary>
    internal Mailbox? Find(GrainId grainId, Mailbox? retired)
    {
        lock (_gate)
        {
            if (_homes.TryGetValue(grainId, out var home) && home.TryFindMailbox(grainId) is { } found)
            {
                if (found != retired)
                    return found;
                home.Remove(found);
            }

            if (ActiveSilos is not { Length: > 0 } active)
                return null;
            _homes[grainId] = home = active[Random.Shared.Next(active.Length)];
            return home.FindHere(grainId, retired);
        }
    }

    internal void Forget(Mailbox mailbox)
    {
        lock (_gate)
        {
            if (mailbox.Silo.Remove(mailbox))
                _homes.Remove(mailbox.GrainId);
        }
    }

    internal bool Subscribe(ISiloStatusListener listener)
    {
        lock (_gate)
        {
            if (_listeners.Contains(listener))
                return false;
            _listeners.Add(listener);
            return true;
        }
    }

    internal bool Unsubscribe(ISiloStatusListener listener)
    {
        lock (_gate)
            return _listeners.Remove(listener);
    }

    /// <summary>What it still has is looked for elsewhere from now on.</summary>
    private void Evict(Silo silo)
    {
        foreach (var mailbox in silo.Mailboxes)
        {
            mailbox.RefuseAll();
            if (silo.Remove(mailbox))
                _homes.Remove(mailbox.GrainId);
        }
    }
}
