namespace Exchange.Api.Accounts;

public sealed record SignedUp(string UserId, string Email, string Token, long ExpiresAt, string Message);

public sealed record Me(string UserId, string Email, long ExpiresAt);

public sealed record Balance(string Asset, decimal Available, decimal Locked);

public sealed record Deposited(string DepositId, string Asset, decimal Amount, decimal Available, decimal Locked);
