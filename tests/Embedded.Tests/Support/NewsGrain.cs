namespace Exchange.Embedded.Tests.Support;

[Alias("tests.IReader")]
public interface IReader : IGrainObserver
{
    [Alias("Hear")]
    void Hear(string news);

    [Alias("CountLetters")]
    Task<int> CountLetters(string word);
}

[Alias("tests.INewsGrain")]
public interface INewsGrain : IGrainWithStringKey
{
    [Alias("Subscribe")]
    Task Subscribe(IReader reader);

    [Alias("Publish")]
    Task Publish(string news);

    [Alias("Published")]
    Task<int> Published();
}

public sealed class NewsGrain : Grain, INewsGrain
{
    private readonly List<IReader> _readers = [];
    private int _published;

    public Task Subscribe(IReader reader)
    {
        _readers.Add(reader);
        return Task.CompletedTask;
    }

    public Task Publish(string news)
    {
        _published++;
        _readers.ForEach(reader => reader.Hear(news));
        return Task.CompletedTask;
    }

    public Task<int> Published() => Task.FromResult(_published);
}
