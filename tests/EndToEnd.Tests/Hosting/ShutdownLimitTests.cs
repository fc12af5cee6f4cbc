using Exchange.Silo.Startup;
using Exchange.Testing;

namespace Exchange.EndToEnd.Tests.Hosting;

public sealed class ShutdownLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly VirtualTimeProvider _time = new();
    private readonly List<TimeSpan> _ended = [];

    [Fact]
    public void An_end_that_does_not_come_is_made_once()
    {
        using var limit = LimitOf(TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromDays(1));
        limit.Begin();
        limit.Begin();

        _time.Advance(Limit - TimeSpan.FromTicks(1));
        Assert.Empty(_ended);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Limit, Assert.Single(_ended));
    }

    [Fact]
    public void An_end_in_time_is_left_alone()
    {
        using (var limit = LimitOf(TimeSpan.FromSeconds(20)))
            limit.Begin();

        _time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(_ended);
    }

    private ShutdownLimit LimitOf(TimeSpan timeout) => new(new ShutdownOptions { Timeout = timeout }, _time, _ended.Add);
}
