using System.Reflection;
using System.Reflection.Emit;
using Fathom.Domain;
using Fathom.Engine.Decisions;
using Fathom.Strategies.CSharp;

namespace Fathom.Tests.Strategies.CSharp;

public class StrategyClassTests
{
    [Fact]
    public void The_only_one_is_found_whatever_else_is_there()
    {
        Assembly assembly = Assemble(("N.Base", true, typeof(Strategy)), ("N.Mine", false, typeof(Strategy)), ("N.Other", false, typeof(object)));
        Assert.Equal("N.Mine", StrategyClass.Find(assembly, "x.cs").FullName);
    }

    [Fact]
    public void Of_two_the_name_chooses_with_or_without_its_namespace()
    {
        Assembly assembly = Assemble(("N.One", false, typeof(Strategy)), ("N.Two", false, typeof(Strategy)));
        InputException wrong = Assert.Throws<InputException>(() => StrategyClass.Find(assembly, "x.cs"));
        Assert.Equal(("x.cs", "the strategies N.One and N.Two", "Say which: type = \"N.One\"."), (wrong.Subject, wrong.Found, wrong.Fix));
        Assert.Equal("N.Two", StrategyClass.Find(assembly, "x.cs", "Two").FullName);
        Assert.Equal("N.One", StrategyClass.Find(assembly, "x.cs", "N.One").FullName);
        Assert.Contains("named Three", Assert.Throws<InputException>(() => StrategyClass.Find(assembly, "x.cs", "Three")).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void None_or_only_an_abstract_one_is_refused()
    {
        Assert.Contains("no class that derives from Strategy", Assert.Throws<InputException>(() => StrategyClass.Find(Assemble(("N.Other", false, typeof(object))), "x.cs")).Found, StringComparison.Ordinal);
        Assert.Contains("abstract or generic N.Base", Assert.Throws<InputException>(() => StrategyClass.Find(Assemble(("N.Base", true, typeof(Strategy))), "x.cs")).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_made_without_arguments_or_the_message_says_why_not()
    {
        Assert.IsType<Plain>(StrategyClass.Create(typeof(Plain), "x.cs"));
        InputException demanding = Assert.Throws<InputException>(() => StrategyClass.Create(typeof(Demanding), "x.cs"));
        Assert.Contains("without a parameterless constructor", demanding.Found, StringComparison.Ordinal);
        foreach (Type type in new[] { typeof(Failing), typeof(FailingStatics) })
        {
            InputException failing = Assert.Throws<InputException>(() => StrategyClass.Create(type, "x.cs"));
            Assert.Contains("FormatException: not today", failing.Found, StringComparison.Ordinal);
        }
    }

    private static Assembly Assemble(params (string Name, bool IsAbstract, Type Base)[] classes)
    {
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Mine"), AssemblyBuilderAccess.Run);
        ModuleBuilder module = assembly.DefineDynamicModule("Mine");
        foreach ((string name, bool isAbstract, Type parent) in classes)
            module.DefineType(name, TypeAttributes.Public | (isAbstract ? TypeAttributes.Abstract : 0), parent).CreateType();
        return assembly;
    }

    private sealed class Plain : Strategy;

    private sealed class Demanding(int size) : Strategy { public int Size => size; }

    private sealed class Failing : Strategy
    {
        public Failing() => throw new FormatException("not today");
    }

    private sealed class FailingStatics : Strategy
    {
        private static readonly int s_number = int.TryParse("x", out int number) ? number : throw new FormatException("not today");

        public int Number { get; } = s_number;
    }
}
