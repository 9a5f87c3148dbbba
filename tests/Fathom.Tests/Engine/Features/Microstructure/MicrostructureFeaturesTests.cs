using System.Globalization;
using Fathom.Domain.Values;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Microstructure;
using Fathom.Host.Verify;

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
        Assert.Equal(100.01, After(new MidPrice(), book), 1e-12);
        Assert.Equal(0.02, After(new Spread(), book), 1e-12);
        Assert.Equal(0.02 / 100.01 * 10_000, After(new RelativeSpread(), book), 1e-9);
    }

    [Fact]
    public void Without_any_quantity_shares_are_in_the_middle_and_the_weighted_mid_is_not_known()
    {
        BookSample book = Book([(100, 0)], [(100.02, 0)]);
        Assert.Equal([0, 0.5, 0, 0, double.NaN], ((MomentFeature[])[new Imbalance(), new BidShare(), new DepthImbalance(3), new BookPressure(3), new WeightedMid()]).Select(feature => After(feature, book)));
    }

    public static TheoryData<string> Troubles => ["no bid", "no ask", "empty", "stale", "locked", "crossed"];

    [Theory]
    [MemberData(nameof(Troubles))]
    public void What_is_of_a_sound_book_is_not_known_while_the_book_is_not_and_is_again_with_the_next(string trouble)
    {
        string[] others = ["ofi", "ofi_deep", "kyle_lambda", "vpin"];
        foreach (FeatureInfo info in FeatureCatalog.All.Where(info => info.Family == FeatureFamily.Microstructure && !others.Contains(info.Name)))
        {
            TapeFeature feature = (TapeFeature)info.Create(ArgumentDraw.Defaults(info));
            for (int second = 0; second <= 2; second++) Take(Sound(second));
            Require(true, "before");
            Take(Troubled(trouble, 3));
            Require(false, "at it");
            if (feature.FollowsTime) feature.AsOf(new Timestamp(10_000_000_000));
            Require(false, "and later");
            Take(Sound(11));
            Require(true, "after it");

            void Take(BookSample book)
            {
                feature.TakeBook(book);
                if (feature.FollowsTime) feature.AsOf(book.Time);
            }

            void Require(bool isKnown, string when)
            {
                for (int output = 0; output < feature.OutputCount; output++)
                    Assert.True(double.IsFinite(feature[output]) == isKnown && (isKnown || double.IsNaN(feature[output])), $"{info.Name}, output {output}, {when}: {feature[output]:R}");
            }
        }
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
        DeepOrderFlowImbalance deep = new(1, FeatureWindow.Samples(7));
        for (int i = 0; i < quotes.Length; i++)
        {
            BookSample book = Book([(quotes[i].Bid, quotes[i].BidQuantity)], [(quotes[i].Ask, quotes[i].AskQuantity)]);
            Assert.Equal(steps[i], After(step, book));
            sum.TakeBook(book);
            deep.TakeBook(book);
        }
        Assert.Equal(4, sum.Value);
        Assert.Equal(0.4, deep.Value, 1e-15);      // the mean depth after the changes is 10
    }

    /// <summary>Books as bid × quantity | ask × quantity; "!" is stale. "?" is not known.</summary>
    [Theory]
    [InlineData("100x10|101x12 100x10|101x12", "?")]
    [InlineData("100x10|101x12 100x10| 100x10|101x5", "7")]      // 12 left the ask, 5 came
    [InlineData("100x10|101x12 |101x12 99x4|101x12", "-6")]
    [InlineData("| 100x10| 100x10|101x3", "7")]
    [InlineData("100x10|101x12 !100x50|101x12 100x50|101x12", "?")]
    [InlineData("100x10|101x12 !100x50|101x12 100x50|101x12 100x51|101x12", "1")]
    [InlineData("100x10|101x12 101x10|101x12 101x10|102x12", "?")]
    [InlineData("100x10|101x12 102x10|101x12 102x10|103x12 102x10|103x10", "2")]
    [InlineData("100x10|101x12 150x7|151x3", "19")]      // a jump: what came to the bid and what left the ask
    public void Order_flow_at_the_edges(string books, string expected)
    {
        OrderFlowImbalance best = new(FeatureWindow.Of(new(1))), noTime = new(FeatureWindow.Samples(1));
        DeepOrderFlowImbalance deep = new(1, FeatureWindow.Of(new(1)));
        foreach (string text in books.Split(' '))
        {
            BookSample book = Book(Levels(text.TrimStart('!').Split('|')[0]), Levels(text.Split('|')[1]));
            book.IsStale = text[0] == '!';
            best.TakeBook(book);
            noTime.TakeBook(book);
            deep.TakeBook(book);
        }
        Assert.Equal(expected, double.IsNaN(best.Value) ? "?" : $"{best.Value}");
        Assert.Equal((best.IsReady, best.IsReady, Math.Sign(best.IsReady ? best.Value : 0)), (noTime.IsReady, deep.IsReady, Math.Sign(deep.IsReady ? deep.Value : 0)));
        best.AsOf(new Timestamp(5));
        Assert.Equal(expected == "?" ? double.NaN : 0, best.Value);
    }

    [Fact]
    public void The_rate_of_the_mid_compares_with_the_newest_book_a_window_ago()
    {
        MidRate rate = new(new(2_000_000_000));
        (int Second, double Bid, double Expected)[] steps = [(0, 100, double.NaN), (1, 103, double.NaN), (2, 104, 2), (3, 104, 0.5), (9, 104, 0)];
        foreach ((int second, double bid, double expected) in steps)
        {
            BookSample book = Book([(bid, 1)], [(bid + 1, 1)]);
            book.Time = new Timestamp(second * 1_000_000_000L);
            rate.TakeBook(book);
            Assert.Equal(expected, rate.Value, 1e-12);
        }
    }

    [Fact]
    public void Liquidity_is_set_against_its_mean_over_time()
    {
        LiquidityScore score = new(bps: 100, levels: 2, new(10_000_000_000));
        Assert.Equal(double.NaN, AtSecond(0, 30));
        Assert.Equal(double.NaN, AtSecond(0, 30));
        Assert.Equal(0.5, AtSecond(10, 15), 1e-12);
        double old = Math.Exp(-1) - Math.Exp(-2), young = 1 - Math.Exp(-1);
        Assert.Equal(60 / ((30 * old + 15 * young) / (old + young)), AtSecond(20, 60), 1e-12);
        Assert.Equal(double.NaN, AtSecond(30, 5, isStale: true));
        double[] weights = [Math.Exp(-3) - Math.Exp(-4), Math.Exp(-2) - Math.Exp(-3), Math.Exp(-1) - Math.Exp(-2)];      // the ten seconds of the stale book count nothing
        Assert.Equal(20 / ((30 * weights[0] + 15 * weights[1] + 60 * weights[2]) / weights.Sum()), AtSecond(40, 20), 1e-12);

        double AtSecond(int second, double near, bool isStale = false)
        {
            BookSample book = Book([(100, near / 2), (90, 1_000)], [(100.5, near / 2), (110, 1_000)]);
            book.IsStale = isStale;
            book.Time = new Timestamp(second * 1_000_000_000L);
            return After(score, book);
        }
    }

    [Fact]
    public void Own_orders_stand_behind_a_share_of_the_best_level()
    {
        BookSample book = Book([(100, 8)], [(101, 4)]);
        (book.BidAhead, book.AskAhead) = (2, 6);
        OwnQueue queue = new();
        Assert.Equal((0.25, 1.5), (After(queue, book), queue[1]));
        book.AskAhead = double.NaN;
        Assert.Equal((0.25, double.NaN), (After(queue, book), queue[1]));
    }

    [Fact]
    public void Five_buckets_of_the_same_volume_give_the_reference_toxicity()
    {
        Vpin vpin = new(volume: 50, buckets: 5);
        foreach ((double bought, double sold) in new (double, double)[] { (30, 20), (45, 5), (10, 40), (25, 25), (38, 12) })
        {
            Assert.False(vpin.IsReady);
            Trade(vpin, 100, bought, 1);
            Trade(vpin, 100, sold, -1);
        }
        Assert.Equal(0.424, vpin.Value, 1e-15);
        Trade(vpin, 100, 110, 1);       // fills two buckets and a part
        Assert.Equal((0.6 + 0 + 0.52 + 1 + 1) / 5, vpin.Value, 1e-15);
    }

    [Fact]
    public void By_bulk_a_change_of_one_and_a_half_deviations_is_a_bucket_bought_as_the_reference_has_it()
    {
        const int Buckets = 9;
        Vpin vpin = new(volume: 50, Buckets, isBulk: true);
        double price = 100;
        // Σ changes² ÷ 9 is 0.02² with the last of the four; then nothing moves until the window holds that bucket and eight of 0.
        double[] changes = [0, 0, 0.03, -0.03, 0.03, 0, 0, 0, 0, 0, 0.03, 0, 0, 0, 0, 0, 0, 0, 0];
        for (int i = 0; i < changes.Length; i++)
        {
            Assert.Equal(i > Buckets, vpin.IsReady);
            Trade(vpin, price += changes[i], 50, -1);
        }
        Assert.Equal(46.6596399365571, 50 * (1 + Buckets * vpin.Value) / 2, 1e-9);
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

    private static BookSample Sound(int second) => At(second, Book([(100, 5), (99.99, 3)], [(100.02, 4)]));

    private static BookSample Troubled(string trouble, int second)
    {
        BookSample book = Sound(second);
        switch (trouble)
        {
            case "no bid": book.BidCount = 0; break;
            case "no ask": book.AskCount = 0; break;
            case "empty": (book.BidCount, book.AskCount) = (0, 0); break;
            case "stale": book.IsStale = true; break;
            case "locked": book.SetAsk(0, 100, 4); break;
            case "crossed": book.SetAsk(0, 99.98, 4); break;
        }
        return book;
    }

    private static BookSample At(int second, BookSample book)
    {
        (book.Time, book.BidAhead, book.AskAhead) = (new Timestamp(second * 1_000_000_000L), 1, 2);
        return book;
    }

    private static (double, double)[] Levels(string text) =>
        text.Length == 0 ? [] : [(double.Parse(text.Split('x')[0], CultureInfo.InvariantCulture), double.Parse(text.Split('x')[1], CultureInfo.InvariantCulture))];

    private static void Trade(TapeFeature feature, double price, double quantity, int sign) => feature.TakeTrade(new TradeSample(default, price, quantity, sign, double.NaN, double.NaN));

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
