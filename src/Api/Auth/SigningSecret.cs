using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Auth;

/// <summary>The key that signs tokens: from the configuration, or made once and kept where only the owner can read it.</summary>
public static class SigningSecret
{
    private const string FileName = "token.key";
    private const int Bytes = 32;

    public static byte[] Load(AuthOptions options, string dataFolder, ILogger log)
    {
        if (options.JwtSecret.Length > 0)
        {
            var configured = Encoding.UTF8.GetBytes(options.JwtSecret);
            return configured.Length >= AuthOptions.MinSecretLength
                ? configured
                : throw new InvalidSecretException($"Auth:JwtSecret is too short: at least {AuthOptions.MinSecretLength} bytes.");
        }

        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, FileName);
        if (!File.Exists(path))
        {
            Create(path);
            Log.SecretCreated(log, path);
        }
        return Read(path);
    }

    private static byte[] Read(string path)
    {
        var secret = new byte[Bytes];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), secret, out var length) && length == Bytes
            ? secret
            : throw new InvalidSecretException($"{path} is damaged. Remove it to make a new one; everybody then has to sign in again.");
    }

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, Encoding.ASCII, options);
        file.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
    }
}

public sealed class InvalidSecretException(string message) : Exception(message);
