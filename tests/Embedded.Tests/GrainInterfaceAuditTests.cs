using System.Collections.Immutable;

namespace Exchange.Embedded.Tests;

public sealed class GrainInterfaceAuditTests
{
    [Fact]
    public void A_complete_interface_has_no_faults() => Assert.Empty(GrainInterfaceAudit.FaultsOf(typeof(IGoodGrain), typeof(IGoodObserver)));

    [Fact]
    public void An_interface_and_its_messages_need_an_alias()
    {
        Assert.Equal(
            [$"{typeof(INamelessGrain).FullName} has no [Alias]", $"{typeof(NamelessMessage).FullName} has no [Alias]"],
            GrainInterfaceAudit.FaultsOf(typeof(INamelessGrain)));
    }

    [Fact]
    public void Two_types_cannot_have_one_alias()
    {
        Assert.Equal(
            [$"{typeof(SecondTwin).FullName} has the [Alias(\"audit.Twin\")] of {typeof(FirstTwin).FullName}"],
            GrainInterfaceAudit.FaultsOf(typeof(ITwinGrain)));
    }

    [Fact]
    public void A_message_needs_a_serializer_wherever_it_hides()
    {
        Assert.Equal(
            [
                $"{typeof(Envelope).FullName}.Stranger: {typeof(Stranger).FullName} has no [GenerateSerializer]",
                $"{typeof(IStrangerGrain).FullName}.AsArgument(others): {typeof(OtherStranger).FullName} has no [GenerateSerializer]",
            ],
            GrainInterfaceAudit.FaultsOf(typeof(IStrangerGrain)));
    }

    [Fact]
    public void A_message_is_shared_with_its_receiver_and_not_copied()
    {
        Assert.Equal(
            [$"{typeof(Copied).FullName} is not [Immutable]: it is copied with every call"],
            GrainInterfaceAudit.FaultsOf(typeof(ICopyingGrain)));
    }

    [Fact]
    public void Every_member_that_is_state_needs_an_id_of_its_own()
    {
        Assert.Equal(
            [
                $"{typeof(Numberless).FullName}.Second has the [Id(0)] of First",
                $"{typeof(Numberless).FullName}.Third has no [Id]",
                $"{typeof(Numberless).FullName}._fourth has no [Id]",
            ],
            GrainInterfaceAudit.FaultsOf(typeof(INumberlessGrain)));
    }

    [Fact]
    public void Methods_return_tasks_and_only_observers_may_return_nothing()
    {
        Assert.Equal(
            [
                $"{typeof(ISynchronousGrain).FullName}.Answer returns Int32, not a task",
                $"{typeof(ISynchronousGrain).FullName}.Nothing returns Void, not a task",
            ],
            GrainInterfaceAudit.FaultsOf(typeof(ISynchronousGrain)));
    }

    [Fact]
    public void A_collection_is_declared_as_what_it_is()
    {
        Assert.Equal(
            [$"{typeof(IVagueGrain).FullName}.Take(numbers) is declared as IReadOnlyList`1: what hides behind it may have no serializer"],
            GrainInterfaceAudit.FaultsOf(typeof(IVagueGrain)));
    }

    [Fact]
    public void Subtypes_of_a_message_are_found_in_the_audited_assemblies()
    {
        var faults = GrainInterfaceAudit.FaultsOf(typeof(IShapeGrain).Assembly);

        Assert.Contains(faults, fault => fault.Contains($"{typeof(Square).FullName} has no [GenerateSerializer]", StringComparison.Ordinal));
    }

    [Alias("audit.IGoodGrain")]
    public interface IGoodGrain : IGrainWithStringKey
    {
        Task<GoodMessage> Ask(GoodMessage message, List<GoodMessage> more, CancellationToken cancellationToken);

        ValueTask<ImmutableArray<GoodMessage>> Many(Dictionary<string, decimal> amounts, IGoodObserver observer, DayOfWeek? day);

        Task Tell((int, string) pair, GrainId id);
    }

    [Alias("audit.IGoodObserver")]
    public interface IGoodObserver : IGrainObserver
    {
        void Hear(GoodMessage message);
    }

    [GenerateSerializer, Immutable, Alias("audit.GoodMessage")]
    public sealed record GoodMessage([property: Id(0)] long Number, [property: Id(1)] GoodMessage? Nested, [property: Id(2)] int[] Numbers);

    public interface INamelessGrain : IGrainWithStringKey
    {
        Task Take(NamelessMessage message);
    }

    [GenerateSerializer, Immutable]
    public sealed record NamelessMessage([property: Id(0)] int Number);

    [Alias("audit.ITwinGrain")]
    public interface ITwinGrain : IGrainWithStringKey
    {
        Task Take(FirstTwin first, SecondTwin second);
    }

    [GenerateSerializer, Immutable, Alias("audit.Twin")]
    public sealed record FirstTwin([property: Id(0)] int Number);

    [GenerateSerializer, Immutable, Alias("audit.Twin")]
    public sealed record SecondTwin([property: Id(0)] int Number);

    [Alias("audit.IStrangerGrain")]
    public interface IStrangerGrain : IGrainWithStringKey
    {
        Task<List<Envelope>> AsAnswer();

        Task AsArgument(OtherStranger[] others);
    }

    [GenerateSerializer, Immutable, Alias("audit.Envelope")]
    public sealed record Envelope([property: Id(0)] Stranger Stranger);

    public sealed record Stranger(int Number);

    public sealed record OtherStranger(int Number);

    [Alias("audit.ICopyingGrain")]
    public interface ICopyingGrain : IGrainWithStringKey
    {
        Task Take(Copied message);
    }

    [GenerateSerializer, Alias("audit.Copied")]
    public sealed record Copied([property: Id(0)] int[] Numbers);

    [Alias("audit.INumberlessGrain")]
    public interface INumberlessGrain : IGrainWithStringKey
    {
        Task Take(Numberless message);
    }

    [GenerateSerializer, Immutable, Alias("audit.Numberless")]
    public sealed class Numberless(int fourth)
    {
        private readonly int _fourth = fourth;

        [Id(0)]
        public int First { get; set; }

        [Id(0)]
        public int Second { get; set; }

        public int Third { get; set; }

        public int Computed => First + _fourth;
    }

    [Alias("audit.ISynchronousGrain")]
    public interface ISynchronousGrain : IGrainWithStringKey
    {
        int Answer();

        void Nothing();
    }

    [Alias("audit.IVagueGrain")]
    public interface IVagueGrain : IGrainWithStringKey
    {
        Task Take(IReadOnlyList<int> numbers);
    }

    [Alias("audit.IShapeGrain")]
    public interface IShapeGrain : IGrainWithStringKey
    {
        Task Draw(Shape shape);
    }

    [GenerateSerializer, Immutable, Alias("audit.Shape")]
    public abstract record Shape([property: Id(0)] int Number);

    public sealed record Square(int Number) : Shape(Number);
}
