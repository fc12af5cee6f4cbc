namespace Exchange.Embedded.Tests.Support;

[Alias("tests.ITimerGrain")]
public interface ITimerGrain : IGrainWithStringKey
{
    [Alias("Start")]
    Task Start(TimeSpan due, TimeSpan period, bool interleave = false, bool keepAlive = false, string? gate = null);

    [Alias("Change")]
    Task Change(TimeSpan due, TimeSpan period);

    [Alias("StopTimer")]
    Task StopTimer();

    [Alias("Ticks")]
    Task<int> Ticks();

    [Alias("Hold")]
    Task Hold(string gate);

    [Alias("DelayThen")]
    Task<bool> DelayThen(TimeSpan time);

    [Alias("FailingTimer")]
    Task FailingTimer(TimeSpan period);
}

public sealed class TimerGrain(Stage stage, TimeProvider clock) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private int _ticks;

    public Task Start(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive, string? gate)
    {
        _timer = this.RegisterGrainTimer(
            Tick, gate, new GrainTimerCreationOptions(due, period) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public async Task Hold(string gate)
    {
        stage.Note("hold begins");
        await stage.Gate(gate);
        stage.Note("hold ends");
    }

    public async Task<bool> DelayThen(TimeSpan time)
    {
        var before = TaskScheduler.Current;
        await Task.Delay(time, clock);
        return ReferenceEquals(before, TaskScheduler.Current) && before != TaskScheduler.Default;
    }

    public Task FailingTimer(TimeSpan period)
    {
        this.RegisterGrainTimer(
            () =>
            {
                _ticks++;
                throw new InvalidOperationException("tick failed");
            },
            period,
            period);
        return Task.CompletedTask;
    }

    private async Task Tick(string? gate, CancellationToken cancellationToken)
    {
        _ticks++;
        stage.Note($"tick {_ticks} begins");
        if (gate is not null)
            await stage.Gate($"{gate} {_ticks}");
        stage.Note($"tick {_ticks} ends");
    }
}
