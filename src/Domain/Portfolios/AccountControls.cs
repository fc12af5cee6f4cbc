using Exchange.Domain.Encoding;

namespace Exchange.Domain.Portfolios;

/// <summary>What operators did to an account: whether it is frozen, and the adjustments that came lately.</summary>
public sealed class AccountControls(int rememberedRequests)
{
    private readonly Recent<string, Adjustment> _adjustments = new(rememberedRequests);

    public bool IsFrozen { get; internal set; }

    /// <summary>Empty while it is not frozen.</summary>
    public string FrozenWhy { get; internal set; } = "";

    internal bool TryGet(string adjustmentId, out Adjustment adjustment) => _adjustments.TryGet(adjustmentId, out adjustment);

    internal void Add(string adjustmentId, Adjustment adjustment) => _adjustments.Add(adjustmentId, adjustment);

    internal void Write(ByteWriter writer)
    {
        writer.WriteBool(IsFrozen);
        writer.WriteString(FrozenWhy);
        writer.WriteUnsigned((ulong)_adjustments.Count);
        foreach (var (id, adjustment) in _adjustments.InOrder())
        {
            writer.WriteString(id);
            writer.WriteString(adjustment.Asset);
            writer.WriteDecimal(adjustment.Amount);
        }
    }

    internal void Read(ref ByteReader reader)
    {
        IsFrozen = reader.ReadBool();
        FrozenWhy = reader.ReadString();
        for (var count = reader.ReadCount(3); count > 0; count--)
            Add(reader.ReadString(), new Adjustment(reader.ReadString(), reader.ReadDecimal()));
    }

    internal readonly record struct Adjustment(string Asset, decimal Amount);
}
