using Exchange.Grains.Interfaces.Users;
using Exchange.Testing;

namespace Exchange.Grains.Tests;

public sealed class GrainInterfaceAuditTests
{
    [Fact]
    public void Everything_that_crosses_a_grain_boundary_can_be_carried()
    {
        var contracts = typeof(IUserGrain).Assembly;

        Assert.Empty(GrainInterfaceAudit.FaultsOf(contracts));
        Assert.True(GrainInterfaceAudit.CountInterfaces(contracts) >= 4);
    }
}
