using System.Security.Cryptography;
using System.Text;
using Exchange.Api.Auth;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Keys;

/// <summary>
/// Makes key ids and secrets, and seals secrets for storage. To check an HMAC one needs the secret itself, so it cannot be stored
/// as a hash; it is encrypted under a key that is not in the database, and a stolen database alone signs nothing.
/// An id carries a checksum that only this exchange can make, so that invented ids cost no look-up.
/// </summary>
internal sealed class KeyVault(byte[] masterKey)
{
    private const string FileName = "apikeys.key";
    private const int IdBytes = 24;
    private const int ChecksumBytes = 8;
    private const int SecretBytes = 32;

    private readonly byte[] sealingKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, 32, info: "api key secrets"u8.ToArray());
    private readonly byte[] idKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, 32, info: "api key ids"u8.ToArray());

    public static KeyVault Open(AuthOptions options, string dataFolder, ILogger log)
    {
        if (options.ApiKeyMasterKey.Length > 0)
        {
            var configured = new byte[KeyFile.Bytes];
            return Convert.TryFromBase64String(options.ApiKeyMasterKey, configured, out var length) && length == KeyFile.Bytes
                ? new KeyVault(configured)
                : throw new InvalidSecretException($"Auth:ApiKeyMasterKey is not {KeyFile.Bytes} bytes in base64.");
        }

        var key = KeyFile.LoadOrCreate(dataFolder, FileName, "Bring it back; without it no API key works any more.", out var created);
        if (created)
            Log.SecretCreated(log, Path.Combine(dataFolder, FileName));
        return new KeyVault(key);
    }

    public string NewId()
    {
        Span<byte> id = stackalloc byte[IdBytes + ChecksumBytes];
        RandomNumberGenerator.Fill(id[..IdBytes]);
        Checksum(id[..IdBytes], id[IdBytes..]);
        return Convert.ToHexStringLower(id);
    }

    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Ids have one spelling: lower-case hexadecimal.</summary>
    public bool IsOurs(string id)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + ChecksumBytes];
        if (id.Length != bytes.Length * 2 || id.AsSpan().ContainsAnyInRange('A', 'F')
            || Convert.FromHexString(id, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        Span<byte> checksum = stackalloc byte[ChecksumBytes];
        Checksum(bytes[..IdBytes], checksum);
        return CryptographicOperations.FixedTimeEquals(checksum, bytes[IdBytes..]);
    }

    /// <summary>The id is authenticated too: a sealed secret moved to another key does not open.</summary>
    public byte[] Seal(string id, string secret)
    {
        var plain = Encoding.ASCII.GetBytes(secret);
        var box = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + plain.Length];
        var (nonce, tag, cipher) = PartsOf(box);
        RandomNumberGenerator.Fill(nonce.AsSpan());
        using var aes = new AesGcm(sealingKey, tag.Count);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.ASCII.GetBytes(id));
        return box;
    }

    /// <summary>Null where it was sealed under another key or altered.</summary>
    public byte[]? Unseal(string id, byte[] box)
    {
        if (box.Length <= AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize)
            return null;
        var (nonce, tag, cipher) = PartsOf(box);
        var plain = new byte[cipher.Count];
        using var aes = new AesGcm(sealingKey, tag.Count);
        try
        {
            aes.Decrypt(nonce, cipher, tag, plain, Encoding.ASCII.GetBytes(id));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static (ArraySegment<byte> Nonce, ArraySegment<byte> Tag, ArraySegment<byte> Cipher) PartsOf(byte[] box)
    {
        var tagAt = AesGcm.NonceByteSizes.MaxSize;
        var cipherAt = tagAt + AesGcm.TagByteSizes.MaxSize;
        return (new(box, 0, tagAt), new(box, tagAt, AesGcm.TagByteSizes.MaxSize), new(box, cipherAt, box.Length - cipherAt));
    }

    private void Checksum(ReadOnlySpan<byte> id, Span<byte> checksum)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(idKey, id, mac);
        mac[..checksum.Length].CopyTo(checksum);
    }
}
