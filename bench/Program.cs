if (args is ["calls", .. var callArgs])
    return Exchange.Bench.Calls.CallsBench.Run(callArgs);

Console.Error.WriteLine("usage: bench replay FILE | calls | orders");
return 2;
