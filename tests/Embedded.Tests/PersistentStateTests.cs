using Exchange.Embedded.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Exchange.Embedded.Tests;

public sealed class PersistentStateTests
{
    [Fact]
    public async Task State_that_was_written_is_there_when_the_grain_comes_back()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddMemoryGrainStorage("notes"));
        var grain = silo.Grain<INotebookGrain>("a");
        Assert.False(await grain.HasRecord().Soon());
        await grain.Write("remember").Soon();
        await grain.Leave().Soon();

        Assert.Equal("remember", await grain.Read().Soon());
        Assert.True(await grain.HasRecord().Soon());
    }

    [Fact]
    public async Task State_that_was_only_changed_is_not()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddMemoryGrainStorage("notes"));
        var grain = silo.Grain<INotebookGrain>("a");
        await grain.Scribble("forget").Soon();
        await grain.Leave().Soon();

        Assert.Equal("", await grain.Read().Soon());
    }

    [Fact]
    public async Task Cleared_state_is_fresh_again()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddMemoryGrainStorage("notes"));
        var grain = silo.Grain<INotebookGrain>("a");
        await grain.Write("remember").Soon();
        await grain.Clear().Soon();

        Assert.Equal("", await grain.Read().Soon());
        Assert.False(await grain.HasRecord().Soon());
    }

    [Fact]
    public async Task A_writer_that_read_an_older_version_is_refused()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddMemoryGrainStorage("notes"));
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("notes");
        var id = GrainId.Create("notebook", "a");
        var (first, second) = (new GrainState<Notebook>(new Notebook()), new GrainState<Notebook>(new Notebook()));
        await storage.WriteStateAsync("notebook", id, first);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("notebook", id, second));
        await storage.WriteStateAsync("notebook", id, first);
    }

    [Fact]
    public async Task A_grain_whose_storage_is_not_configured_does_not_activate()
    {
        await using var silo = await TestSilo.StartAsync();

        await Assert.ThrowsAsync<BadProviderConfigException>(() => silo.Grain<INotebookGrain>("a").Read().Soon());
    }
}
