using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Exchange.Api.Auth;

/// <summary>PBKDF2 with HMAC-SHA512. The hash names its own cost, so that the cost can rise without locking anybody out.</summary>
internal sealed class PasswordHash(int iterations = PasswordHash.DefaultIterations) : IDisposable
{
    public const int LengthMin = 12;
    public const int LengthMax = 128;
    public const int DefaultIterations = 220_000;
    private const string Scheme = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 64;

    /// <summary>Each check takes a core for a good part of a second: one at a time, so that guessing cannot starve trading.</summary>
    private readonly SemaphoreSlim turn = new(1);

    private readonly string nobodys = Format(iterations, new byte[SaltBytes], new byte[HashBytes]);

    public Task<string> HashAsync(string password) => InTurnAsync(() =>
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Format(iterations, salt, Derive(password, salt, iterations));
    });

    /// <summary>Takes as long where there is no hash, so that time does not tell who has a password here.</summary>
    public Task<bool> MatchesAsync(string password, string? hash) => InTurnAsync(() =>
    {
        var parts = (hash ?? nobodys).Split('$');
        var cost = int.Parse(parts[1], CultureInfo.InvariantCulture);
        var derived = Derive(password, Convert.FromBase64String(parts[2]), cost);
        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(parts[3])) && hash is not null;
    });

    public void Dispose() => turn.Dispose();

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, HashBytes);

    private static string Format(int iterations, byte[] salt, byte[] hash) => string.Create(
        CultureInfo.InvariantCulture, $"{Scheme}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");

    private async Task<T> InTurnAsync<T>(Func<T> work)
    {
        await turn.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            turn.Release();
        }
    }
}
