namespace Exchange.Grains.Interfaces.Symbols;

/// <summary>What a coin symbol does about pairs and what waits for a price. The same grain as <see cref="ISymbolGrain"/>, the same key.</summary>
[Alias("Exchange.ISymbolConditionals")]
public interface ISymbolConditionals : IGrainWithStringKey
{
    /// <summary>Both orders or neither, in one record. Idempotent by their ids. Answers when the outcome is durable.</summary>
    [Alias("SubmitPair")]
    Task<SubmitPairReply> SubmitPair(SubmitPair pair);

    /// <summary>Of these orders those that wait here.</summary>
    [Alias("GetArmed")]
    Task<ArmedOrdersView> GetArmed(ArmedRequest request);
}
