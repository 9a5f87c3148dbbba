using Fathom.Domain.Values;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

public class OrderNamesTests
{
    [Fact]
    public void Live_and_closed_ids_are_known()
    {
        OrderNames names = new();
        OwnOrder order = new() { ClientOrderId = Id(1) };
        names.Open(order);
        Assert.True(names.TryFind(Id(1), out OwnOrder? found) && found == order && names.IsKnown(Id(1)) && !names.IsClosed(Id(1)));

        names.Close(Id(1));
        Assert.True(!names.TryFind(Id(1), out _) && names.IsKnown(Id(1)) && names.IsClosed(Id(1)));
        Assert.Equal(0, names.LiveCount);
    }

    [Fact]
    public void Oldest_closed_id_is_forgotten_first()
    {
        OrderNames names = new();
        for (ulong i = 1; i <= OrderNames.ClosedMax + 2; i++) names.Close(Id(i));

        Assert.Equal([false, false, true, true], new ulong[] { 1, 2, 3, OrderNames.ClosedMax + 2 }.Select(i => names.IsKnown(Id(i))));
    }

    private static ClientOrderId Id(ulong sequence) => ClientOrderId.Create(1, 0, sequence);
}
