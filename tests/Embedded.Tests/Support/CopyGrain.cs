using System.Collections.Immutable;

namespace Exchange.Embedded.Tests.Support;

[GenerateSerializer, Alias("tests.MutableNote")]
public sealed class MutableNote
{
    [Id(0)]
    public string Text { get; set; } = "";

    [Id(1)]
    public List<string> Lines { get; set; } = [];

    [Id(2)]
    public MutableNote? Other { get; set; }
}

[GenerateSerializer, Alias("tests.ReadOnlyNote")]
public sealed record ReadOnlyNote([property: Id(0)] string Text, [property: Id(1)] decimal Amount, [property: Id(2)] ImmutableArray<int> Numbers);

[GenerateSerializer, Immutable, Alias("tests.DeclaredImmutableNote")]
public sealed class DeclaredImmutableNote
{
    [Id(0)]
    public int[] Numbers { get; set; } = [];
}

[GenerateSerializer, Alias("tests.ForgetfulNote")]
public sealed class ForgetfulNote
{
    [Id(0)]
    public string Text { get; set; } = "";

    public string Forgotten { get; set; } = "";
}

public sealed class StrangerNote
{
    public string Text { get; set; } = "";
}

/// <summary>Keeps what it gets and gives what it keeps, so that sharing would show.</summary>
[Alias("tests.ICopyGrain")]
public interface ICopyGrain : IGrainWithStringKey
{
    [Alias("Keep")]
    Task Keep(object thing);

    [Alias("Kept")]
    Task<object> Kept();

    [Alias("KeptText")]
    Task<string> KeptText();

    [Alias("KeepNote")]
    Task KeepNote(MutableNote note);

    [Alias("KeepUncopied")]
    Task KeepUncopied([Immutable] MutableNote note);

    [Alias("KeepStranger")]
    Task KeepStranger(StrangerNote note);

    [Alias("KeepArray")]
    Task KeepArray(int[] numbers);

    [Alias("IsKept")]
    Task<bool> IsKept(object thing);

    [Alias("Self")]
    Task<ICopyGrain> Self();
}

public sealed class CopyGrain : Grain, ICopyGrain
{
    private object _kept = "";

    public Task Keep(object thing)
    {
        _kept = thing;
        return Task.CompletedTask;
    }

    public Task<object> Kept() => Task.FromResult(_kept);

    public Task<string> KeptText() => Task.FromResult(((MutableNote)_kept).Text);

    public Task KeepNote(MutableNote note) => Keep(note);

    public Task KeepUncopied(MutableNote note) => Keep(note);

    public Task KeepStranger(StrangerNote note) => Keep(note);

    public Task KeepArray(int[] numbers) => Keep(numbers);

    public Task<bool> IsKept(object thing) => Task.FromResult(ReferenceEquals(thing, _kept));

    public Task<ICopyGrain> Self() => Task.FromResult<ICopyGrain>(this);
}
