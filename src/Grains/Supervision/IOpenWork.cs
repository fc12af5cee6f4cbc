namespace Exchange.Grains.Supervision;

/// <summary>Who has something open, as far as the read model has got. It may name too many, never for long too few.</summary>
public interface IOpenWork
{
    Task<IReadOnlyList<string>> SymbolsAsync();

    Task<IReadOnlyList<long>> AccountsAsync();
}
