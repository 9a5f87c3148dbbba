using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Host.Runs;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Host.Runs;

public sealed class ContextFileTests : IDisposable
{
    private const string Header = "strategy,key,kind,value\n";

    private readonly RunFolder _folder = RunFolder.Create(Directory.CreateTempSubdirectory("fathom-context").FullName);
    private readonly ScriptedStrategy _one = new(), _two = new();

    private string FilePath => _folder.PathOf(RunFolder.Context);

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    [Fact]
    public void Each_value_is_a_row_and_comes_back_to_its_strategy_under_its_number()
    {
        _one.Start = context =>
        {
            context.Store.Set("pi", Math.PI);
            context.Store.Set("nan", double.NaN);
            context.Store.Set("zero", -0.0);
            context.Store.Set("low", long.MinValue);
            context.Store.Set("text, \"quoted\"", "two\nlines, é");
            context.Store.Set("yes", true);
            context.Store.Set("empty", "");
        };
        _two.Start = context => context.Store.Set("no", false);
        Write();
        Assert.Equal(Header + "one,empty,text,\none,low,long,-9223372036854775808\none,nan,double,NaN\none,pi,double,3.141592653589793\n" +
            "one,\"text, \"\"quoted\"\"\",text,\"two\nlines, é\"\none,yes,bool,true\none,zero,double,-0\ntwo,no,bool,false\n", File.ReadAllText(FilePath));

        List<ContextValue> one = ContextFile.Read(FilePath, "one", 5);
        Assert.Equal(["empty", "low", "nan", "pi", "text, \"quoted\"", "yes", "zero"], one.Select(value => value.Key.ToString()));
        Assert.All(one, value => Assert.Equal(5, value.Strategy));
        Assert.Equal([0, long.MinValue, BitConverter.DoubleToInt64Bits(double.NaN), BitConverter.DoubleToInt64Bits(Math.PI), 0, 1, BitConverter.DoubleToInt64Bits(-0.0)], one.Select(value => value.Bits));
        Assert.Equal("two\nlines, é", one[4].Text.ToString());
        Assert.Equal("no", Assert.Single(ContextFile.Read(FilePath, "two", 0)).Key.ToString());
    }

    [Fact]
    public void Where_nothing_is_stored_there_is_no_file_not_even_an_old_one()
    {
        Write();
        Assert.False(File.Exists(FilePath));
        File.WriteAllText(FilePath, Header + "one,old,long,1\n");
        Write();
        Assert.False(File.Exists(FilePath));
    }

    [Theory]
    [InlineData("one,a,long,1.5", ":2, column value", "'1.5'", "a long")]
    [InlineData("one,a,double,much", ":2, column value", "'much'", "a double")]
    [InlineData("one,a,bool,True", ":2, column value", "'True'", "a bool")]
    [InlineData("one,a,text,1234567890123456789012345678901234567890123456789012345678901234!", ":2, column value", "'1234567890123456789012345678901234567890123456789012345678901234!'", "a text of at most 64 bytes")]
    [InlineData("one,a,int,1", ":2, column kind", "'int'", "one of double, long, text, bool")]
    [InlineData("one,a,,1", ":2, column kind", "nothing", "one of double, long, text, bool")]
    [InlineData("one,,long,1", ":2, column key", "nothing", "a key of 1 to 32 bytes")]
    [InlineData("one,a,long,1\none,a,long,2", ":3, column key", "'a'", "each key of a strategy once")]
    [InlineData("two,a,long,1\nthree,a,long,1", "", "nothing of a strategy 'one'", "one of three, two")]
    [InlineData("", "", "nothing of a strategy 'one'", "rows")]
    public void What_is_wrong_is_refused_with_its_place(string rows, string place, string found, string expected)
    {
        File.WriteAllText(FilePath, Header + rows);
        InputException wrong = Assert.Throws<InputException>(() => ContextFile.Read(FilePath, "one", 0));
        Assert.Equal((FilePath + place, found, expected), (wrong.Subject, wrong.Found, wrong.Expected));
    }

    [Fact]
    public void More_keys_than_a_store_holds_are_refused()
    {
        File.WriteAllText(FilePath, Header + string.Concat(Enumerable.Range(0, KeyValueStore.CountMax + 1).Select(i => $"one,{i},long,1\n")));
        Assert.Equal($"{FilePath}:1026, column key", Assert.Throws<InputException>(() => ContextFile.Read(FilePath, "one", 0)).Subject);
    }

    private void Write()
    {
        using EngineRig rig = new([new NamedStrategy("one", _one), new NamedStrategy("two", _two)]);
        rig.Define().Quote(10.00m, 10.02m);
        ContextFile.Write(_folder, rig.Engine, ["one", "two"]);
    }
}
