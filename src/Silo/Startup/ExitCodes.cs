using Exchange.Storage;

namespace Exchange.Silo.Startup;

/// <summary>What a script that starts the exchange can act on.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Unexpected = 1;
    public const int Usage = 2;
    public const int AddressInUse = 3;
    public const int DataInUse = 4;
    public const int DataForeign = 5;
    public const int DataDamaged = 6;
    public const int DataNewer = 7;
    public const int DataUnavailable = 8;

    public static int Of(StorageFailure failure) => failure switch
    {
        StorageFailure.InUse => DataInUse,
        StorageFailure.Foreign => DataForeign,
        StorageFailure.Damaged => DataDamaged,
        StorageFailure.Newer => DataNewer,
        _ => DataUnavailable,
    };
}
