using Exchange.Api.Errors;
using Exchange.Domain;

namespace Exchange.Api.Tests;

public sealed class ErrorTableTests
{
    private static readonly ApiError[] All = [.. EdgeErrors.All, .. ReasonErrors.All.Values];

    [Fact]
    public void Every_reason_has_its_error()
    {
        var missing = Enum.GetValues<Reason>().Where(reason => reason != Reason.None && !ReasonErrors.All.ContainsKey(reason));
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_edge_error_is_listed()
    {
        var declared = typeof(EdgeErrors).GetFields().Where(field => field.FieldType == typeof(ApiError)).Select(
            field => (ApiError)field.GetValue(null)!);
        Assert.Equal(declared.OrderBy(error => error.Code), EdgeErrors.All.OrderBy(error => error.Code));
    }

    [Fact]
    public void Codes_are_unique() => Assert.Equal(All.Length, All.Select(error => error.Code).Distinct().Count());

    [Fact]
    public void Codes_are_spelled_in_capitals() => Assert.All(All, error => Assert.Matches("^[A-Z]+(_[A-Z]+)*$", error.Code));

    [Fact]
    public void Only_what_the_client_did_not_cause_is_a_server_error()
    {
        var serverErrors = All.Where(error => error.Status >= 500).Select(error => error.Code).Order();
        Assert.Equal(["INTERNAL", "OVERLOADED", "TIMEOUT", "UNAVAILABLE"], serverErrors);
    }
}
