using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

public class RestingOrdersTests
{
    [Fact]
    public void Orders_stand_best_price_first_then_in_order_of_arrival()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            RestingOrders orders = new();
            List<OwnOrder> all = [];
            for (ulong i = 1; i <= 40; i++)
            {
                if (all.Count > 0 && random.Next(3) == 0)
                {
                    OwnOrder gone = all[random.Next(all.Count)];
                    all.Remove(gone);
                    orders.Remove(gone);
                    continue;
                }
                OwnOrder order = new() { VenueOrderId = i, Side = random.Next(2) == 0 ? Side.Buy : Side.Sell, Price = new Price(random.Next(5)) };
                all.Add(order);
                orders.Add(order);
            }

            Assert.True(all.Where(order => order.Side == Side.Buy).OrderByDescending(order => order.Price).ThenBy(order => order.VenueOrderId)
                .SequenceEqual(orders.Of(Side.Buy).ToArray()), $"seed {seed}");
            Assert.True(all.Where(order => order.Side == Side.Sell).OrderBy(order => order.Price).ThenBy(order => order.VenueOrderId)
                .SequenceEqual(orders.Of(Side.Sell).ToArray()), $"seed {seed}");
            Assert.Equal(all.Count == 0, orders.IsEmpty);
        }
    }

    [Fact]
    public void Order_that_does_not_rest_cannot_leave() =>
        Assert.Throws<InvariantException>(() => new RestingOrders().Remove(new OwnOrder { Side = Side.Buy }));
}
