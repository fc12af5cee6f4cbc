using System.Runtime.CompilerServices;
using Exchange.Embedded.Runtime;
using Exchange.Embedded.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Embedded.Tests;

public sealed class ObserverTests : IAsyncLifetime
{
    private TestSilo _silo = null!;
    private INewsGrain _grain = null!;

    public async Task InitializeAsync()
    {
        _silo = await TestSilo.StartAsync();
        _grain = _silo.Grain<INewsGrain>("news");
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_grain_calls_an_observer_back()
    {
        var reader = new Reader(2);
        await _grain.Subscribe(_silo.Client.CreateObjectReference<IReader>(reader)).Soon();
        await _grain.Publish("first").Soon();
        await _grain.Publish("second").Soon();
        await reader.AllRead.Soon();

        Assert.Equal(["first", "second"], reader.Read);
        GC.KeepAlive(reader);
    }

    [Fact]
    public async Task An_observer_can_answer()
    {
        var reader = new Reader(0);
        var reference = _silo.Client.CreateObjectReference<IReader>(reader);

        Assert.Equal(3, await reference.CountLetters("abc").Soon());
        GC.KeepAlive(reader);
    }

    [Fact]
    public void The_same_observer_has_one_reference()
    {
        var reader = new Reader(0);

        Assert.Equal(_silo.Client.CreateObjectReference<IReader>(reader), _silo.Client.CreateObjectReference<IReader>(reader));
    }

    [Fact]
    public async Task A_deleted_observer_is_called_no_more()
    {
        var reader = new Reader(1);
        var reference = _silo.Client.CreateObjectReference<IReader>(reader);
        _silo.Client.DeleteObjectReference<IReader>(reference);

        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => reference.CountLetters("abc").Soon());
        reference.Hear("nobody");
        Assert.Empty(reader.Read);
    }

    [Fact]
    public void An_observer_that_is_no_reference_cannot_be_passed()
    {
        Assert.Throws<NotSupportedException>(() => { _ = _grain.Subscribe(new Reader(0)); });
    }

    [Fact]
    public async Task What_an_observer_throws_does_not_disturb_the_grain()
    {
        var reader = new Reader(0) { Throws = true };
        await _grain.Subscribe(_silo.Client.CreateObjectReference<IReader>(reader)).Soon();
        await _grain.Publish("bad news").Soon();

        Assert.Equal(1, await _grain.Published().Soon());
        GC.KeepAlive(reader);
    }

    [Fact]
    public async Task An_observer_that_nobody_holds_is_gone_for_its_callers_too()
    {
        var reference = ReferenceToAReaderThatNobodyHolds();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => reference.CountLetters("abc").Soon());
        _silo.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(_silo.Services.GetRequiredService<Silo>().TryFindMailbox(reference.GetGrainId()));
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => reference.CountLetters("abc").Soon());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private IReader ReferenceToAReaderThatNobodyHolds() => _silo.Client.CreateObjectReference<IReader>(new Reader(0));

    private sealed class Reader(int expected) : IReader
    {
        private readonly TaskCompletionSource _allRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Read { get; } = [];

        public bool Throws { get; init; }

        public Task AllRead => _allRead.Task;

        public void Hear(string news)
        {
            if (Throws)
                throw new InvalidOperationException("cannot bear it");

            Read.Add(news);
            if (Read.Count == expected)
                _allRead.SetResult();
        }

        public Task<int> CountLetters(string word) => Task.FromResult(word.Length);
    }
}
