using System.Text;
using Exchange.Grains.Users;
using Exchange.Silo.Adapters;
using Exchange.Storage.State;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Exchange.Silo.Engine;

/// <summary>
/// Where grains keep what they do not journal: with PostgreSQL, Orleans' own provider on the exchange's table of states, else the
/// exchange's storage itself. Table and payload are the same, so an account is there whichever engine made it.
/// </summary>
internal static class OrleansState
{
    private const string Provider = "postgres";
    private const string Invariant = "Npgsql";

    public static void KeepState(this ISiloBuilder silo, string? postgres)
    {
        if (string.IsNullOrWhiteSpace(postgres))
        {
            silo.Services.AddGrainStorage(StateStores.Accounts, (services, _) => ActivatorUtilities.CreateInstance<GrainStateStorage>(services));
            return;
        }

        silo.AddAdoNetGrainStorage(Provider, options =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = GrainStateConnection.To(postgres);
            options.GrainStorageSerializer = new JsonPayload();
        });
        silo.Services.AddGrainStorage(
            StateStores.Accounts, (services, _) => new WholeKeys(services.GetRequiredKeyedService<IGrainStorage>(Provider)));
    }

    private sealed class JsonPayload : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new(StateJson.Write(input));

        public T Deserialize<T>(BinaryData input) => StateJson.Read<T>(input.ToMemory().Span);
    }

    /// <summary>
    /// The provider tells the database the state's name and a grain's key, but not of which kind the grain is, and takes some
    /// texts for numbers. So it is given all of it in place of the name, in letters that it leaves as they are.
    /// </summary>
    private sealed class WholeKeys(IGrainStorage provider) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            provider.ReadStateAsync(Key(stateName, grainId), grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            provider.WriteStateAsync(Key(stateName, grainId), grainId, grainState);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            provider.ClearStateAsync(Key(stateName, grainId), grainId, grainState);

        private static string Key(string stateName, GrainId grainId) =>
            $"{stateName}/{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(grainId.ToString()))}";
    }
}
