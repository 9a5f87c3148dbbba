using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Books;

namespace Fathom.Tests.Host.Books;

public class BookTradesTests
{
    [Fact]
    public void Average_price_is_weighted_by_quantity()
    {
        var trades = new BookTrades();
        trades.Note(Trade(Price.From(100m), Quantity.Units(1)));
        trades.Note(Trade(Price.From(103m), Quantity.Units(2)));
        trades.Note(Trade(Price.None, Quantity.Units(5)));
        trades.Note(Trade(Price.From(1m), Quantity.None));
        Assert.Equal(4, trades.Count);
        Assert.Equal("8", trades.Quantity.ToString());
        Assert.Equal(102, trades.Vwap);
    }

    [Fact]
    public void No_priced_trade_has_no_average() => Assert.True(double.IsNaN(new BookTrades().Vwap));

    [Fact]
    public void The_largest_numbers_do_not_overflow()
    {
        var trades = new BookTrades();
        for (int i = 0; i < 100; i++) trades.Note(Trade(new Price(long.MaxValue - 1), new Quantity(long.MaxValue - 1)));
        Assert.Equal(9223372036.854776, trades.Vwap, 1e-6);
        for (int i = 0; i < 100; i++) trades.Note(Trade(new Price(long.MinValue), new Quantity(long.MaxValue - 1)));
        Assert.Equal(0, trades.Vwap, 1e-6);
    }

    private static MarketByOrder Trade(Price price, Quantity quantity) => new() { Action = BookAction.Trade, Price = price, Quantity = quantity };
}
