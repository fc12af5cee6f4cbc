using System.Collections.Immutable;
using Exchange.Embedded.Copying;
using Exchange.Embedded.Tests.Support;
using Orleans.Serialization;

namespace Exchange.Embedded.Tests;

public sealed class CopyTests : IAsyncLifetime
{
    private TestSilo _silo = null!;
    private ICopyGrain _grain = null!;

    public async Task InitializeAsync()
    {
        _silo = await TestSilo.StartAsync();
        _grain = _silo.Grain<ICopyGrain>("a");
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task What_the_caller_changes_after_the_call_the_grain_does_not_see()
    {
        var note = new MutableNote { Text = "as sent" };
        await _grain.KeepNote(note).Soon();
        note.Text = "changed";

        Assert.Equal("as sent", await _grain.KeptText());
    }

    [Fact]
    public async Task What_the_caller_changes_in_an_answer_the_grain_does_not_see()
    {
        await _grain.KeepNote(new MutableNote { Text = "kept" }).Soon();
        var answer = (MutableNote)await _grain.Kept().Soon();
        answer.Text = "changed";

        Assert.Equal("kept", await _grain.KeptText());
    }

    [Fact]
    public async Task Arrays_are_copied()
    {
        var numbers = new[] { 1, 2, 3 };
        await _grain.KeepArray(numbers).Soon();
        numbers[0] = 100;

        var kept = (int[])await _grain.Kept().Soon();
        Assert.Equal([1, 2, 3], kept);
    }

    [Fact]
    public async Task A_record_that_nobody_can_change_is_shared()
    {
        var note = new ReadOnlyNote("text", 1.5m, [1, 2]);
        await _grain.Keep(note).Soon();

        Assert.True(await _grain.IsKept(note).Soon());
    }

    [Fact]
    public async Task A_type_that_is_declared_immutable_is_shared()
    {
        var note = new DeclaredImmutableNote { Numbers = [1] };
        await _grain.Keep(note).Soon();

        Assert.True(await _grain.IsKept(note).Soon());
    }

    [Fact]
    public async Task An_argument_that_is_declared_immutable_is_shared()
    {
        var note = new MutableNote { Text = "as sent" };
        await _grain.KeepUncopied(note).Soon();
        note.Text = "changed";

        Assert.Equal("changed", await _grain.KeptText());
    }

    [Fact]
    public async Task A_type_without_a_serializer_is_refused_as_argument_and_as_answer()
    {
        Assert.Throws<CodecNotFoundException>(() => { _ = _grain.KeepStranger(new StrangerNote()); });
        await _silo.Grain<IStrangeGrain>("a").Meet().Soon();
        await Assert.ThrowsAsync<CodecNotFoundException>(() => _silo.Grain<IStrangeGrain>("a").Stranger().Soon());
    }

    [Fact]
    public void A_member_that_would_be_lost_is_refused()
    {
        var thrown = Assert.Throws<CodecNotFoundException>(() => DeepCopy.Of(new ForgetfulNote()));

        Assert.Contains("ForgetfulNote.Forgotten has no [Id]", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_has_the_shape_of_the_original()
    {
        var shared = new MutableNote { Text = "shared", Lines = ["x", "y"] };
        shared.Other = shared;
        var original = new Dictionary<string, List<MutableNote>> { ["a"] = [shared, shared], ["b"] = [] };
        var copy = DeepCopy.Of(original);

        Assert.NotSame(original, copy);
        Assert.Equal(["a", "b"], copy.Keys);
        Assert.NotSame(shared, copy["a"][0]);
        Assert.Same(copy["a"][0], copy["a"][1]);
        Assert.Same(copy["a"][0], copy["a"][0].Other);
        Assert.Equal(["x", "y"], copy["a"][0].Lines);
        Assert.NotSame(shared.Lines, copy["a"][0].Lines);
    }

    [Fact]
    public void Elements_that_can_change_are_copied_with_their_collection()
    {
        var note = new MutableNote { Text = "n" };
        var tuple = DeepCopy.Of((Number: 1, Note: note));
        var immutableArray = DeepCopy.Of(ImmutableArray.Create(note));
        var array = DeepCopy.Of(new[] { note });
        var set = DeepCopy.Of(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "A" });

        Assert.Equal(1, tuple.Number);
        Assert.NotSame(note, tuple.Note);
        Assert.NotSame(note, immutableArray[0]);
        Assert.NotSame(note, array[0]);
        Assert.Contains("a", set);
    }

    [Fact]
    public async Task A_grain_that_passes_itself_passes_its_reference()
    {
        var self = await _grain.Self().Soon();

        Assert.IsAssignableFrom<GrainReference>(self);
        Assert.Equal(_grain.GetGrainId(), self.GetGrainId());
    }
}
