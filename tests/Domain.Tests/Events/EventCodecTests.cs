using Exchange.Domain.Encoding;
using Exchange.Domain.Events;

namespace Exchange.Domain.Tests.Events;

public sealed class EventCodecTests
{
    public static TheoryData<string> EventNames => [.. SampleEvents.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(EventNames))]
    public void Every_event_comes_back_as_it_was(string name)
    {
        var type = SampleEvents.Types.Single(t => t.Name == name);
        for (var seed = 0; seed < 60; seed++)
        {
            var written = SampleEvents.Create(type, seed);
            Assert.Equal(written, RoundTrip(written));
        }
    }

    [Fact]
    public void A_batch_keeps_its_time_and_the_order_of_its_events()
    {
        var events = SampleEvents.Types.Select((type, i) => SampleEvents.Create(type, i)).ToArray();

        var read = EventCodec.Decode(EventCodec.Encode(new EventBatch(1_795_158_000_123, events)));

        Assert.Equal(1_795_158_000_123, read.AtMs);
        Assert.Equal(events, read.Events);
    }

    [Fact]
    public void An_empty_batch_is_a_batch()
    {
        Assert.Empty(EventCodec.Decode(EventCodec.Encode(new EventBatch(-5, []))).Events);
    }

    [Fact]
    public void Equal_amounts_are_equal_bytes_whatever_their_scale()
    {
        Assert.Equal(
            EventCodec.Encode(Batch(new FundsDeposited("d", "BTC", 100.5m))),
            EventCodec.Encode(Batch(new FundsDeposited("d", "BTC", 100.500000m))));
    }

    [Fact]
    public void A_long_event_gets_a_longer_length()
    {
        foreach (var length in new[] { 100, 120, 121, 122, 127, 128, 200, 16_370, 16_384, 70_000, 3_000_000 })
        {
            var written = new AccountOpened(1, new string('x', length));
            Assert.Equal(written, RoundTrip(written));
        }
    }

    [Fact]
    public void Fields_that_a_newer_program_added_are_skipped()
    {
        var writer = new ByteWriter();
        writer.WriteByte(1);
        writer.WriteSigned(7);
        writer.WriteUnsigned(2);
        writer.WriteUnsigned((ulong)EventNumberOf(new OrderRested(1, 2)));
        var frame = writer.BeginFrame();
        writer.WriteSigned(1);
        writer.WriteSigned(2);
        writer.WriteString("something that only the newer program knows");
        writer.EndFrame(frame);
        writer.WriteBytes(EventCodec.Encode(Batch(new OrderRested(3, 4))).AsSpan(3));

        Assert.Equal([new OrderRested(1, 2), new OrderRested(3, 4)], EventCodec.Decode(writer.Written).Events);
    }

    [Fact]
    public void An_unknown_event_is_an_error_and_never_skipped()
    {
        byte[] bytes = [1, 0, 1, 99, 0];

        var error = Assert.Throws<CorruptDataException>(() => EventCodec.Decode(bytes));

        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_format_is_refused()
    {
        Assert.Throws<CorruptDataException>(() => EventCodec.Decode([2, 0, 0]));
    }

    [Fact]
    public void Every_truncation_is_an_error()
    {
        foreach (var type in SampleEvents.Types)
        {
            var bytes = EventCodec.Encode(Batch(SampleEvents.Create(type, 11)));
            for (var length = 0; length < bytes.Length; length++)
                Assert.Throws<CorruptDataException>(() => EventCodec.Decode(bytes.AsSpan(0, length)));
            Assert.Throws<CorruptDataException>(() => EventCodec.Decode([.. bytes, 0]));
        }
    }

    [Fact]
    public void A_count_or_length_that_cannot_be_true_allocates_nothing()
    {
        var claims = new ByteWriter();
        claims.WriteByte(1);
        claims.WriteSigned(0);
        claims.WriteUnsigned(int.MaxValue);
        var bytes = claims.ToArray();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<CorruptDataException>(() => EventCodec.Decode(bytes));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Fact]
    public void Damaged_bytes_give_an_event_or_a_clear_error_and_nothing_else()
    {
        var random = new Random(20261120);
        var events = SampleEvents.Types.Select((type, i) => SampleEvents.Create(type, i)).ToArray();
        var original = EventCodec.Encode(new EventBatch(1, events));
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = (byte[])original.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                EventCodec.Decode(damaged);
            }
            catch (CorruptDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1_000, 20_000);
    }

    private static EventBatch Batch(DomainEvent domainEvent) => new(7, [domainEvent]);

    private static DomainEvent RoundTrip(DomainEvent domainEvent) =>
        EventCodec.Decode(EventCodec.Encode(Batch(domainEvent))).Events.Single();

    private static byte EventNumberOf(DomainEvent domainEvent) => EventCodec.Encode(Batch(domainEvent))[3];
}
