using Exchange.Embedded.Tests.Support;

namespace Exchange.Embedded.Tests;

public sealed class TurnTests : IAsyncLifetime
{
    private TestSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await TestSilo.StartAsync();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_call_activates_the_grain_and_brings_back_its_answer()
    {
        var actor = _silo.Grain<IActorGrain>("a");

        Assert.Equal(5, await actor.Add(2, 3).Soon());
        Assert.Equal(0, await actor.CountActs());
    }

    [Fact]
    public async Task A_grain_finishes_one_request_before_it_begins_the_next()
    {
        var actor = _silo.Grain<IActorGrain>("a");
        var first = actor.Perform("one");
        await _silo.Stage.Arrival("one");
        var second = actor.Perform("two");
        _silo.Stage.Open("two");
        _silo.Stage.Open("one");
        await Task.WhenAll(first, second).Soon();

        Assert.Equal(["one begins", "one ends", "two begins", "two ends"], _silo.Stage.Log);
    }

    [Fact]
    public async Task Requests_of_a_reentrant_grain_interleave_at_awaits()
    {
        var actor = _silo.Grain<IReentrantActorGrain>("a");
        var first = actor.Perform("one");
        await _silo.Stage.Arrival("one");
        var second = actor.Perform("two");
        await _silo.Stage.Arrival("two");
        _silo.Stage.Open("two");
        await second.Soon();
        _silo.Stage.Open("one");
        await first.Soon();

        Assert.Equal(["one begins", "two begins", "two ends", "one ends"], _silo.Stage.Log);
    }

    [Fact]
    public async Task An_always_interleaving_method_runs_while_another_request_waits()
    {
        var actor = _silo.Grain<IActorGrain>("a");
        var first = actor.Perform("one");
        await _silo.Stage.Arrival("one");
        var queued = actor.Perform("two");
        _silo.Stage.Open("aside");
        await actor.Interject("aside").Soon();
        _silo.Stage.Open("one");
        _silo.Stage.Open("two");
        await Task.WhenAll(first, queued).Soon();

        Assert.Equal(["one begins", "aside begins", "aside ends", "one ends", "two begins", "two ends"], _silo.Stage.Log);
    }

    [Fact]
    public async Task Read_only_requests_interleave_with_each_other_but_not_with_others()
    {
        var actor = _silo.Grain<IActorGrain>("a");
        var firstLook = actor.Look("look1");
        await _silo.Stage.Arrival("look1");
        var secondLook = actor.Look("look2");
        await _silo.Stage.Arrival("look2");
        var change = actor.Perform("change");
        _silo.Stage.Open("change");
        _silo.Stage.Open("look2");
        await secondLook.Soon();
        _silo.Stage.Open("look1");
        await Task.WhenAll(firstLook, change).Soon();

        Assert.Equal(
            ["look1 begins", "look2 begins", "look2 ends", "look1 ends", "change begins", "change ends"], _silo.Stage.Log);
    }

    [Fact]
    public async Task A_one_way_call_is_over_for_the_caller_when_it_is_sent()
    {
        var actor = _silo.Grain<IActorGrain>("a");
        var told = actor.Tell("secret");

        Assert.True(told.IsCompletedSuccessfully);
        await _silo.Stage.Arrival("secret");
        _silo.Stage.Open("secret");
        Assert.Equal(1, await actor.CountActs().AsTask().Soon());
    }

    [Fact]
    public async Task An_exception_flows_to_the_caller_and_the_grain_lives_on()
    {
        var actor = _silo.Grain<IActorGrain>("a");
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => actor.Fail("no such act").Soon());

        Assert.Equal("no such act", thrown.Message);
        Assert.Equal(3, await actor.Add(1, 2).Soon());
    }

    [Fact]
    public async Task Requests_from_one_caller_run_in_the_order_in_which_they_were_sent()
    {
        var actor = _silo.Grain<IActorGrain>("a");
        var acts = Enumerable.Range(0, 100).Select(i => $"{i}").ToArray();
        foreach (var act in acts)
            _silo.Stage.Open(act);
        await Task.WhenAll(acts.Select(actor.Perform)).Soon();

        Assert.Equal(acts.SelectMany(act => new[] { $"{act} begins", $"{act} ends" }), _silo.Stage.Log);
    }
}
