namespace Exchange.Api.Accounts;

public sealed record SignedUp(string UserId, string Email, string Token, long ExpiresAt, string Message, string? Link);

/// <param name="ExpiresAt">When the token expires; null for an API key.</param>
public sealed record Me(string UserId, string Email, long? ExpiresAt, string[] Permissions);

public sealed record SessionInfo(string SessionId, string Device, string Address, long StartedAt, long ExpiresAt, bool IsThisOne);

public sealed record Done(string Message);

public sealed record Balance(string Asset, decimal Available, decimal Locked);

public sealed record Deposited(string DepositId, string Asset, decimal Amount, decimal Available, decimal Locked);
