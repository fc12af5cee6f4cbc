using Exchange.Embedded.Tests.Support;

namespace Exchange.Embedded.Tests;

public sealed class FilterTests
{
    [Fact]
    public async Task Filters_stand_around_a_call_in_the_order_in_which_they_were_added()
    {
        var notes = new List<string>();
        await using var silo = await TestSilo.StartAsync(builder => builder
            .AddIncomingGrainCallFilter(context => Note(notes, "outer", context))
            .AddIncomingGrainCallFilter(context => Note(notes, "inner", context)));

        Assert.Equal(5, await silo.Grain<IActorGrain>("a").Add(2, 3).Soon());
        Assert.Equal(["outer before Add(2, 3) of actor/a", "inner before Add(2, 3) of actor/a", "inner after: 5", "outer after: 5"], notes);
    }

    [Fact]
    public async Task A_filter_can_replace_the_result()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddIncomingGrainCallFilter(async context =>
        {
            await context.Invoke();
            context.Result = 42;
        }));

        Assert.Equal(42, await silo.Grain<IActorGrain>("a").Add(2, 3).Soon());
    }

    [Fact]
    public async Task A_filter_can_refuse_a_call()
    {
        await using var silo = await TestSilo.StartAsync(builder =>
            builder.AddIncomingGrainCallFilter(_ => throw new UnauthorizedAccessException("not you")));

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => silo.Grain<IActorGrain>("a").Add(2, 3).Soon());
    }

    [Fact]
    public async Task A_filter_sees_what_the_grain_throws()
    {
        var seen = new List<string>();
        await using var silo = await TestSilo.StartAsync(builder => builder.AddIncomingGrainCallFilter(async context =>
        {
            try
            {
                await context.Invoke();
            }
            catch (InvalidOperationException exception)
            {
                seen.Add(exception.Message);
                throw;
            }
        }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Grain<IActorGrain>("a").Fail("bad act").Soon());

        Assert.Equal(["bad act"], seen);
    }

    private static async Task Note(List<string> notes, string name, IIncomingGrainCallContext context)
    {
        var arguments = string.Join(", ", Enumerable.Range(0, context.Request.GetArgumentCount()).Select(context.Request.GetArgument));
        notes.Add($"{name} before {context.MethodName}({arguments}) of {context.TargetId}");
        await context.Invoke();
        notes.Add($"{name} after: {context.Result}");
    }
}
