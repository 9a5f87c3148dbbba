using Fathom.Domain.Values;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Microstructure;

namespace Fathom.Tests.Engine.Features.Microstructure;

public class MicrostructureFeaturesTests
{
    [Fact]
    public void The_best_quotes_give_the_reference_imbalance_share_and_weighted_mid()
    {
        BookSample book = Book([(100, 10)], [(100.02, 12)]);
        Assert.Equal(-0.0909090909, After(new Imbalance(), book), 1e-10);
        Assert.Equal(0.4545454545, After(new BidShare(), book), 1e-10);
        Assert.Equal(100.0090909091, After(new WeightedMid(), book), 1e-10);
    }

    [Fact]
    public void Three_levels_give_the_reference_depth_imbalance_and_pressure()
    {
        BookSample book = Book([(99.99, 5), (99.98, 8), (99.97, 12)], [(100.01, 7), (100.02, 3), (100.04, 20)]);
        Assert.Equal(-0.0627507398858471, After(new DepthImbalance(3, 0.5), book), 1e-14);
        Assert.Equal(-0.0909090909, After(new DepthImbalance(3), book), 1e-10);
        Assert.Equal(-0.018867924528224975, After(new BookPressure(3), book), 1e-11);
    }

    [Fact]
    public void Order_flow_has_the_reference_steps_and_sum()
    {
        (double Bid, double BidQuantity, double Ask, double AskQuantity)[] quotes =
            [(100, 10, 100.02, 12), (100, 15, 100.02, 12), (100.01, 4, 100.02, 12), (100.01, 4, 100.02, 7), (100, 15, 100.02, 7), (100, 15, 100.01, 3), (100, 9, 100.01, 8), (100, 9, 100.03, 20)];
        double[] steps = [double.NaN, 5, 4, 5, -4, -3, -11, 8];
        OrderFlowImbalance step = new(FeatureWindow.Samples(1)), sum = new(FeatureWindow.Samples(7));
        for (int i = 0; i < quotes.Length; i++)
        {
            BookSample book = Book([(quotes[i].Bid, quotes[i].BidQuantity)], [(quotes[i].Ask, quotes[i].AskQuantity)]);
            Assert.Equal(steps[i], After(step, book));
            sum.TakeBook(book);
        }
        Assert.Equal(4, sum.Value);
    }

    [Theory]
    [InlineData(false, 0.002152348867677335)]
    [InlineData(true, 0.0021609538002980624)]
    public void Kyles_lambda_equals_the_reference(bool isThroughOrigin, double expected)
    {
        double[] changes = [0.02, -0.01, 0.03, 0, -0.02, 0.01, -0.03, 0.02], volumes = [10, -4, 12, 1, -9, 3, -16, 8];
        KyleLambda lambda = new(FeatureWindow.Samples(1), 8, isThroughOrigin, isVenueAlone: true);
        double mid = 100;
        for (int i = 0; i <= 8; i++)
        {
            double volume = i < 8 ? volumes[i] : 1;
            TradeSample trade = new(new Timestamp(i), mid, Math.Abs(volume), Math.Sign(volume), mid - 0.01, mid + 0.01);
            lambda.TakeTrade(in trade);
            if (i < 8) mid += changes[i];
        }
        Assert.Equal(expected, lambda.Value, 1e-12);
    }

    private static BookSample Book((double Price, double Quantity)[] bids, (double Price, double Quantity)[] asks)
    {
        BookSample book = new(10) { BidCount = bids.Length, AskCount = asks.Length };
        for (int i = 0; i < bids.Length; i++) book.SetBid(i, bids[i].Price, bids[i].Quantity);
        for (int i = 0; i < asks.Length; i++) book.SetAsk(i, asks[i].Price, asks[i].Quantity);
        return book;
    }

    private static double After(TapeFeature feature, BookSample book)
    {
        feature.TakeBook(book);
        return feature.Value;
    }
}
