using Fathom.Domain.Messages;
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
        Assert.True(names.TryFind(Id(1), out OwnOrder? found) && found == order && names.IsKnown(Id(1)) && !names.TryFindClosed(Id(1), 0, out _));

        names.Close(order);
        Assert.True(!names.TryFind(Id(1), out _) && names.IsKnown(Id(1)) && names.TryFindClosed(Id(1), 0, out _));
        Assert.Equal(0, names.LiveCount);
    }

    [Fact]
    public void Orders_of_others_are_known_by_the_venues_name_alone()
    {
        OrderNames names = new();
        OwnOrder ours = new() { ClientOrderId = Id(1), VenueOrderId = 2 }, others = new() { VenueOrderId = 1 }, more = new() { VenueOrderId = 3 };
        foreach (OwnOrder order in (OwnOrder[])[ours, others, more]) names.Open(order);
        Assert.True(names.TryFind(ClientOrderId.None, 1, out OwnOrder? found) && found == others);
        Assert.True(names.TryFind(ClientOrderId.None, 2, out found) && found == ours);
        Assert.False(names.TryFind(ClientOrderId.None, 0, out _) || names.TryFind(Id(2), 1, out _) || names.IsKnown(ClientOrderId.None));

        names.Close(others);
        Assert.False(names.TryFind(ClientOrderId.None, 1, out _));
        Assert.True(names.TryFindClosed(ClientOrderId.None, 1, out VenueOrder closed) && closed.VenueOrderId == 1 && !names.IsKnown(ClientOrderId.None));
        List<OwnOrder> live = [];
        names.AddLiveTo(live);
        Assert.Equal([ours, more], live);
    }

    private static ClientOrderId Id(ulong sequence) => ClientOrderId.Create(1, 0, sequence);
}
