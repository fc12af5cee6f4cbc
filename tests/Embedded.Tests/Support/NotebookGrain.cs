namespace Exchange.Embedded.Tests.Support;

[GenerateSerializer, Alias("tests.Notebook")]
public sealed class Notebook
{
    [Id(0)]
    public string Text { get; set; } = "";
}

[Alias("tests.INotebookGrain")]
public interface INotebookGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task Write(string text);

    [Alias("Scribble")]
    Task Scribble(string text);

    [Alias("Read")]
    Task<string> Read();

    [Alias("Clear")]
    Task Clear();

    [Alias("HasRecord")]
    Task<bool> HasRecord();

    [Alias("Leave")]
    Task Leave();
}

public sealed class NotebookGrain([PersistentState("notebook", "notes")] IPersistentState<Notebook> notebook) : Grain, INotebookGrain
{
    public Task Write(string text)
    {
        notebook.State.Text = text;
        return notebook.WriteStateAsync();
    }

    public Task Scribble(string text)
    {
        notebook.State.Text = text;
        return Task.CompletedTask;
    }

    public Task<string> Read() => Task.FromResult(notebook.State.Text);

    public Task Clear() => notebook.ClearStateAsync();

    public Task<bool> HasRecord() => Task.FromResult(notebook.RecordExists);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
