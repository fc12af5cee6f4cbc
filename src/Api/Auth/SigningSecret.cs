using System.Text;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Auth;

/// <summary>The key that signs tokens: from the configuration, or made once and kept in the data folder.</summary>
public static class SigningSecret
{
    private const string FileName = "token.key";

    public static byte[] Load(AuthOptions options, string dataFolder, ILogger log)
    {
        if (options.JwtSecret.Length > 0)
        {
            var configured = Encoding.UTF8.GetBytes(options.JwtSecret);
            return configured.Length >= AuthOptions.MinSecretLength
                ? configured
                : throw new InvalidSecretException($"Auth:JwtSecret is too short: at least {AuthOptions.MinSecretLength} bytes.");
        }

        var secret = KeyFile.LoadOrCreate(
            dataFolder, FileName, "Remove it to make a new one; everybody then has to sign in again.", out var created);
        if (created)
            Log.SecretCreated(log, Path.Combine(dataFolder, FileName));
        return secret;
    }
}
