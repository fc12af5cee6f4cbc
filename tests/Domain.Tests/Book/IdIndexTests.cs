using Exchange.Domain.Book;

namespace Exchange.Domain.Tests.Book;

public sealed class IdIndexTests
{
    /// <summary>The inverse of the index's multiplier: small multiples of it all hash to zero.</summary>
    private const ulong InverseOfGoldenRatio = 0xF1DE83E19937733D;

    private readonly Node[] _nodes = new Node[5000];
    private IdIndex<Node> _index = new(capacityLog2: 2);

    [Fact]
    public void Ids_with_equal_hashes_are_told_apart()
    {
        for (var node = 1; node <= 300; node++)
            Assert.True(Add(Colliding(node), node));
        for (var node = 1; node <= 300; node += 2)
            Assert.Equal(node, _index.Remove(Colliding(node), _nodes));

        Assert.Equal(150, _index.Count);
        for (var node = 1; node <= 300; node++)
            Assert.Equal(node % 2 == 0 ? node : 0, _index.Find(Colliding(node), _nodes));
    }

    [Fact]
    public void An_id_is_added_once()
    {
        Assert.True(Add(42, 1));
        Assert.False(_index.TryAdd(42, 2, _nodes));
        Assert.Equal(1, _index.Find(42, _nodes));
        Assert.Equal(1, _index.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_index_is_a_dictionary(int seed)
    {
        var random = new Random(seed);
        var expected = new Dictionary<long, int>();
        var free = new Stack<int>(Enumerable.Range(1, _nodes.Length - 1));
        for (var i = 0; i < 100_000; i++)
        {
            var id = (long)random.Next(40) << 32 | (uint)random.Next(200);
            Assert.Equal(expected.GetValueOrDefault(id), _index.Find(id, _nodes));
            if (expected.Remove(id, out var node))
            {
                Assert.Equal(node, _index.Remove(id, _nodes));
                free.Push(node);
            }
            else if (free.TryPop(out node))
            {
                Assert.True(Add(id, node));
                expected.Add(id, node);
            }

            Assert.Equal(expected.Count, _index.Count);
        }
    }

    private static long Colliding(int number) => unchecked((long)((ulong)number * InverseOfGoldenRatio));

    private bool Add(long id, int node)
    {
        _nodes[node].Id = id;
        return _index.TryAdd(id, node, _nodes);
    }
}
