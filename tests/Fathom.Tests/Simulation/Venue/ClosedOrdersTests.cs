using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

public class ClosedOrdersTests
{
    [Fact]
    public void Oldest_is_forgotten_first_by_both_names()
    {
        ClosedOrders orders = new();
        for (ulong i = 1; i <= ClosedOrders.CountMax + 2; i++)
            orders.Add(i % 2 == 0 ? Id(i) : ClientOrderId.None) = new VenueOrder { ClientOrderId = i % 2 == 0 ? Id(i) : ClientOrderId.None, VenueOrderId = i, Cumulative = Quantity.Units((long)i) };

        Assert.Equal(ClosedOrders.CountMax, orders.Count);
        Assert.Equal([false, false, true, true], new ulong[] { 1, 2, 3, ClosedOrders.CountMax + 1 }.Select(i => orders.TryFind(i, out VenueOrder order) && order.Cumulative == Quantity.Units((long)i)));
        Assert.Equal([false, true, true], new ulong[] { 2, 4, ClosedOrders.CountMax + 2 }.Select(i => orders.TryFind(Id(i), out VenueOrder order) && order.VenueOrderId == i));
        Assert.Equal([false, true, false], new ulong[] { 2, 4, 5 }.Select(i => orders.Contains(Id(i))));
        Assert.False(orders.Contains(ClientOrderId.None));
    }

    [Fact]
    public void Rejected_ones_have_no_name_of_the_venue_by_which_they_could_be_found()
    {
        ClosedOrders orders = new();
        orders.Add(Id(1)) = new VenueOrder { ClientOrderId = Id(1), Status = OrderStatus.Rejected };
        Assert.False(orders.TryFind(0, out _));
        Assert.True(orders.TryFind(Id(1), out VenueOrder order) && order.Status == OrderStatus.Rejected);
    }

    private static ClientOrderId Id(ulong sequence) => ClientOrderId.Create(1, 0, sequence);
}
