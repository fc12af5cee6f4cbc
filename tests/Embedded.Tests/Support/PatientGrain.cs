namespace Exchange.Embedded.Tests.Support;

[Alias("tests.IPatientGrain")]
public interface IPatientGrain : IGrainWithStringKey
{
    [Alias("Name")]
    Task<string> Name();

    [Alias("Hasty"), ResponseTimeout("00:00:02")]
    Task Hasty(string gate);

    [Alias("AskToAsk")]
    Task AskToAsk(IPatientGrain other, IPatientGrain whom);

    [Alias("Ask")]
    Task Ask(IPatientGrain whom);

    [Alias("WaitForCancellation")]
    Task WaitForCancellation(CancellationToken cancellationToken);
}

public sealed class PatientGrain(Stage stage) : Grain, IPatientGrain
{
    public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());

    public Task Hasty(string gate) => stage.Gate(gate);

    public Task AskToAsk(IPatientGrain other, IPatientGrain whom) => other.Ask(whom);

    public async Task Ask(IPatientGrain whom)
    {
        var asking = whom.Name();
        _ = stage.Gate("asking");
        await asking;
    }

    public async Task WaitForCancellation(CancellationToken cancellationToken)
    {
        var own = TaskScheduler.Current;
        var cancelled = new TaskCompletionSource();
        using var registration = cancellationToken.Register(() =>
        {
            stage.Note($"cancelled on a turn: {TaskScheduler.Current == own}");
            cancelled.SetResult();
        });
        _ = stage.Gate("waiting");
        await cancelled.Task;
        _ = stage.Gate("cancelled");
    }
}
