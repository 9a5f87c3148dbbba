using Fathom.Simulation.Generator;

namespace Fathom.Tests.Simulation.Generator;

public class BookProfileTests
{
    [Theory]
    [InlineData(24, 12)]
    [InlineData(150, 12)]
    [InlineData(1_500, 16)]
    [InlineData(7_000, 20)]
    [InlineData(20_000, 20)]
    public void Targets_sum_up_to_the_wanted_orders(int orders, int touchOrders)
    {
        BookProfile profile = new(orders, touchOrders);
        double sum = 0;
        for (int distance = 0; distance < BookProfile.DistanceMax; distance++) sum += profile.Target(distance);
        Assert.Equal(orders, 2 * sum, orders * 0.01);
        Assert.InRange(profile.Target(0), 2, touchOrders);
    }

    [Fact]
    public void Most_activity_is_at_the_touch_and_every_draw_is_a_distance_with_a_target()
    {
        BookProfile profile = new(7_000, 20);
        int atTouch = 0;
        for (ulong bits = 0; bits < 4_096; bits++)
        {
            int distance = profile.DrawDistance(bits);
            Assert.InRange(distance, 0, BookProfile.DistanceMax - 1);
            if (distance == 0) atTouch++;
        }
        Assert.InRange(atTouch, 2_400, 2_700);
    }
}
