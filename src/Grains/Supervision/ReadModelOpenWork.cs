using Exchange.Storage.ReadModel;

namespace Exchange.Grains.Supervision;

public sealed class ReadModelOpenWork(IReadModel readModel) : IOpenWork
{
    public Task<IReadOnlyList<string>> SymbolsAsync() => readModel.SymbolsWithOpenOrdersAsync();

    public async Task<IReadOnlyList<long>> AccountsAsync()
    {
        await readModel.CatchUpAsync();
        return await readModel.AccountsWithOpenOrdersAsync();
    }
}
