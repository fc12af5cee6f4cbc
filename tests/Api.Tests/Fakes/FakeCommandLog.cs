using System.Collections.Concurrent;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Tests.Fakes;

public sealed class FakeCommandLog : ICommandLog
{
    public ConcurrentQueue<CommandEntry> Recorded { get; } = new();

    public void Record(in CommandEntry command) => Recorded.Enqueue(command);

    public Task<IReadOnlyList<CommandRow>> ListAsync(
        long? account, long beforeId = long.MaxValue, int limit = 100, CancellationToken cancellation = default) =>
        throw new NotSupportedException();
}
